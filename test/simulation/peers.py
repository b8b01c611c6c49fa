"""What Evidently and NannyML say by default of columns of numbers: peers.py PLANS.json. Prints versions and, for each plan, a 0 or 1 a column.

A plan names a file of 32-bit floats, column after column, each the past and then the window. Evidently's own choice of test is asked as its
preset asks it, without the drawing; that it says what the preset says is checked on the first columns of each plan. NannyML gets chunks as
long as the window, so that like is compared with like: ten chunks of a window so much shorter than its past would nearly always alarm.
"""

import json
import os
import sys
import warnings
from importlib.metadata import version

# Both would report their use over the network, which is neither wanted nor part of the work.
os.environ["DO_NOT_TRACK"] = os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"
warnings.filterwarnings("ignore")

import numpy
import pandas
from evidently import Report
from evidently.legacy.calculations.stattests import get_stattest
from evidently.presets import DataDriftPreset
from nannyml import UnivariateDriftCalculator

AT_ONCE = 50
CHECKED = 3


def evidently(past, window):
    def drifts(name):
        test = get_stattest(past[name], window[name], "num", None)
        return bool(test(past[name], window[name], "num", None).drifted)

    return [drifts(name) for name in past.columns]


def evidently_preset(past, window):
    said = Report([DataDriftPreset()]).run(window, past).dict()["metrics"]
    values = {one["config"]["column"]: one for one in said if one["config"]["type"].endswith(":ValueDrift")}

    def drifts(one):
        value, threshold = one["value"], one["config"]["threshold"]
        return bool(value <= threshold if "p_value" in one["config"]["method"] else value >= threshold)

    return [drifts(values[name]) for name in past.columns]


def nannyml(past, window):
    names = list(past.columns)
    calculator = UnivariateDriftCalculator(column_names=names, chunk_size=len(window))
    calculator.fit(past)
    said = calculator.calculate(window).filter(period="analysis").to_df()
    return [bool(said[name]["jensen_shannon"]["alert"].any()) for name in names]


def frames(plan):
    rows = plan["past"] + plan["window"]
    values = numpy.fromfile(plan["file"], dtype="<f4").reshape(-1, rows).astype("float64")
    for first in range(0, len(values), AT_ONCE):
        part = values[first : first + AT_ONCE]
        frame = pandas.DataFrame({f"x{index}": column for index, column in enumerate(part)})
        yield frame[: plan["past"]], frame[plan["past"] :].reset_index(drop=True)


def judged(plan):
    answers = {"evidently": [], "nannyml": []}
    for index, (past, window) in enumerate(frames(plan)):
        ours = evidently(past, window)
        if index == 0:
            few = list(past.columns[:CHECKED])
            if evidently_preset(past[few], window[few]) != ours[:CHECKED]:
                raise SystemExit(f"Evidently's preset says something else than its test: {plan['file']}")
        answers["evidently"] += map(int, ours)
        answers["nannyml"] += map(int, nannyml(past, window))
    return answers


with open(sys.argv[1]) as file:
    plans = json.load(file)
versions = {name: version(name) for name in ("evidently", "nannyml")}
print(json.dumps({"versions": versions, "answers": [judged(plan) for plan in plans]}))
