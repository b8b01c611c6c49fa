"""One peer's own check of one Parquet file against another: peers.py evidently|nannyml|scipy BASELINE DATA. Prints its version."""

import os
import sys
from importlib.metadata import version

# Both would report their use over the network, which is neither wanted nor part of the work.
os.environ["DO_NOT_TRACK"] = os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import pandas


def evidently(baseline, data):
    from evidently import Report
    from evidently.presets import DataDriftPreset

    Report([DataDriftPreset()]).run(data, baseline).dict()


def nannyml(baseline, data):
    from nannyml import UnivariateDriftCalculator

    calculator = UnivariateDriftCalculator(column_names=list(baseline.columns), chunk_number=10)
    calculator.fit(baseline)
    calculator.calculate(data)


def scipy(baseline, data):
    from scipy.stats import chi2_contingency, ks_2samp, wasserstein_distance

    for name in baseline.columns:
        before, now = baseline[name].dropna(), data[name].dropna()
        if before.dtype.kind == "f":
            ks_2samp(before, now, method="asymp")
            wasserstein_distance(before, now)
        else:
            counts = pandas.DataFrame({"before": before.value_counts(), "now": now.value_counts()})
            chi2_contingency(counts.fillna(0).to_numpy())


peer, baseline, data = sys.argv[1:]
{"evidently": evidently, "nannyml": nannyml, "scipy": scipy}[peer](pandas.read_parquet(baseline), pandas.read_parquet(data))
print(version(peer))
