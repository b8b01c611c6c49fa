"""Makes this example's data from the original `hour.csv`: what a nightly job would have left behind.

A model learns the hourly demand of January to June 2011 and predicts the 34 weeks after it. Each week's predictions are one Parquet
file; true demand becomes known three days after the hour, and is delivered in a Parquet file a week.

Usage: python make_data.py path/to/hour.csv
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

FEATURES = ["season", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "hum", "windspeed"]
START = pd.Timestamp("2011-07-04")
WEEKS = 34


def main(source: str) -> None:
    rows = pd.read_csv(source)
    rows["time"] = pd.to_datetime(rows["dteday"]) + pd.to_timedelta(rows["hr"], unit="h")
    rows["hour_id"] = rows["time"].dt.strftime("%Y-%m-%dT%H")
    rows["demand"] = rows["cnt"]

    past = rows[rows["time"] < "2011-07-01"]
    model = HistGradientBoostingRegressor(max_iter=150, random_state=0).fit(past[FEATURES], past["demand"])

    here = Path(__file__).parent
    for folder in ("predictions", "outcomes"):
        (here / folder).mkdir(exist_ok=True)
    for week in range(WEEKS):
        first = START + pd.Timedelta(weeks=week)
        mine = rows[(rows["time"] >= first) & (rows["time"] < first + pd.Timedelta(weeks=1))].copy()
        mine["predicted"] = model.predict(mine[FEATURES]).round(2)
        name = f"{first:%Y-%m-%d}.parquet"
        mine[["hour_id", "time", *FEATURES, "predicted"]].to_parquet(here / "predictions" / name, index=False)
        mine["known_at"] = mine["time"] + pd.Timedelta(days=3)
        mine[["hour_id", "demand", "known_at"]].to_parquet(here / "outcomes" / name, index=False)


if __name__ == "__main__":
    main(sys.argv[1])
