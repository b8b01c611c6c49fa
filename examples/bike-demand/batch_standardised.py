"""A defect to practise with: a model that looks well in every offline test, and fails on live requests.

It wants to make up for weather stations that are calibrated differently, so it standardises humidity and wind speed. It takes mean and
spread from the rows it happens to be asked about, where it should have kept those it was trained with. Five hundred rows at a time
nobody notices. A single row has no spread: the division gives no number, and the check behind it raises an error.
"""

import pandas as pd
from mlflow.pyfunc import PythonModel
from sklearn.utils import check_array

STANDARDISED = ["hum", "windspeed"]


class BatchStandardised(PythonModel):
    @classmethod
    def around(cls, model):
        made = cls()
        made.model = model
        return made

    def set_params(self, **parameters):
        self.model.set_params(**parameters)

    def fit(self, features, labels, sample_weight):
        self.model.fit(standardised(features), labels, sample_weight=sample_weight)

    def predict(self, model_input: pd.DataFrame, params=None):
        return self.model.predict(standardised(model_input))


def standardised(features):
    rows = features.astype("float64")
    batch = rows[STANDARDISED]
    rows[STANDARDISED] = (batch - batch.mean()) / batch.std()
    check_array(rows)
    return rows
