"""Writes data/history.csv and data/replay.csv from the original hour.csv.

    python make_data.py path/to/hour.csv

Columns that give the answer away (casual and registered add up to it) or only count rows (instant, yr) are left out.
"""

import csv
import pathlib
import sys

FEATURES = ["season", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed"]
PARTS = {"history.csv": ("2011-01-01", "2011-04-01"), "replay.csv": ("2011-04-01", "2012-09-01")}


def rows(source):
    """Each hour of the original, with an id and an instant."""
    with open(source, newline="") as file:
        for row in csv.DictReader(file):
            hour = f"{row['dteday']}T{int(row['hr']):02d}"
            yield {"hour_id": hour, "time": f"{hour}:00:00.000Z", **{name: row[name] for name in FEATURES}, "demand": row["cnt"]}


def main(source):
    folder = pathlib.Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    hours = list(rows(source))
    for name, (start, end) in PARTS.items():
        part = [hour for hour in hours if start <= hour["hour_id"] < end]
        with open(folder / name, "w", newline="") as file:
            writer = csv.DictWriter(file, part[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(part)
        print(f"{name}: {len(part)} hours from {part[0]['hour_id']} to {part[-1]['hour_id']}")


if __name__ == "__main__":
    main(sys.argv[1])
