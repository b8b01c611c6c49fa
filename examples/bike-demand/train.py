"""Trains the bike-demand model: one program under Anchorwatch's training contract (docs/training-contract.md)."""

import json
import os
import pathlib

import mlflow
import pandas as pd
from mlflow.models import infer_signature
from sklearn.ensemble import HistGradientBoostingRegressor

from batch_standardised import BatchStandardised

REQUIREMENTS = ["mlflow", "scikit-learn", "pandas"]
# Trees of our own making: MLflow loads no type of scikit-learn it was not told to trust.
TRUSTED = ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"]
ROUNDS, ROUNDS_PER_STEP = 100, 20


def main():
    manifest = json.loads(pathlib.Path(os.environ["ANCHORWATCH_MANIFEST"]).read_text())
    parameters = manifest["parameters"]
    train, validation, test = (Rows(manifest, part) for part in ("train", "validation", "test"))
    if parameters.get("shuffle_labels"):
        train.labels = train.labels.sample(frac=1, random_state=0).set_axis(train.labels.index)

    model = BatchStandardised.around(new_model()) if parameters.get("standardise_by_batch") else new_model()
    fit(model, train, validation)

    metrics = {"validation_mae": mae(model, validation), "test_mae": mae(model, test)}
    result = {"modelUri": log(model, train, parameters, metrics), "metrics": metrics}
    pathlib.Path(manifest["resultPath"]).write_text(json.dumps(result, allow_nan=False))


class Rows:
    """One Parquet file of the manifest, taken apart."""

    def __init__(self, manifest, part):
        columns = manifest["columns"]
        table = pd.read_parquet(manifest["data"][part])
        self.features = table[columns["features"]].astype("float64")
        self.labels = table[columns["label"]].astype("float64")
        self.weights = table[columns["weight"]]


def new_model():
    return HistGradientBoostingRegressor(warm_start=True, max_iter=ROUNDS_PER_STEP, random_state=0)


def fit(model, train, validation):
    """Adds trees in steps, and tells the loss after each."""
    for step in range(ROUNDS_PER_STEP, ROUNDS + 1, ROUNDS_PER_STEP):
        model.set_params(max_iter=step)
        model.fit(train.features, train.labels, sample_weight=train.weights)
        print(json.dumps({"step": step, "loss": mae(model, validation)}), flush=True)


def mae(model, rows):
    """Mean absolute error, in bikes an hour."""
    return float((model.predict(rows.features) - rows.labels).abs().mean())


def log(model, train, parameters, metrics):
    """Logs to the run named by MLFLOW_RUN_ID; returns where the model is."""
    example = train.features.sample(5, random_state=0)
    options = {
        "name": "model",
        "signature": infer_signature(example, model.predict(example)),
        "input_example": example,
        "pip_requirements": REQUIREMENTS,
    }
    with mlflow.start_run():
        mlflow.log_params(parameters)
        mlflow.log_metrics(metrics)
        if isinstance(model, BatchStandardised):
            code = [str(pathlib.Path(__file__).with_name("batch_standardised.py"))]
            return mlflow.pyfunc.log_model(python_model=model, code_paths=code, **options).model_uri
        return mlflow.sklearn.log_model(model, skops_trusted_types=TRUSTED, **options).model_uri


if __name__ == "__main__":
    main()
