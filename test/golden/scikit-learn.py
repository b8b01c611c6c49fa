"""Writes scikit-learn.json beside it: rows, and what scikit-learn says of them. Run it with a Python that has scikit-learn and scipy."""

import json
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import t
from sklearn import metrics as m

draw = np.random.default_rng(20240501)
days, per_day = 12, 30
n = days * per_day
day = np.repeat(np.arange(days), per_day)


def jackknife(measure):
    """Student's 95% interval of a statistic of all rows, one day left out at a time."""
    value = measure(np.ones(n, bool))
    left = np.array([measure(day != one) for one in range(days)])
    error = np.sqrt((days - 1) / days * ((left - left.mean()) ** 2).sum())
    reach = t.ppf(0.975, days - 1) * error
    return [value - reach, value + reach]


def regression():
    label = np.round(draw.gamma(4, 20, n), 2) + 1
    said = {name: np.round(label + draw.normal(0, size, n) * (1 + day % 3), 2) for name, size in {"candidate": 8, "champion": 9}.items()}
    expected = {
        name: {
            "mae": m.mean_absolute_error(label, y),
            "rmse": m.root_mean_squared_error(label, y),
            "mape": m.mean_absolute_percentage_error(label, y),
            "smape": float(np.mean(2 * abs(y - label) / (abs(y) + abs(label)))),
            "rSquared": m.r2_score(label, y),
            "absoluteErrorPercentiles": np.percentile(abs(y - label), [25, 50, 75]).tolist(),
        }
        for name, y in said.items()
    }
    worse = lambda rows: m.r2_score(label[rows], said["champion"][rows]) - m.r2_score(label[rows], said["candidate"][rows])
    return {"label": label.tolist(), **{k: v.tolist() for k, v in said.items()}, "expected": expected, "worse": {"rSquared": jackknife(worse)}}


def binary():
    truth = draw.beta(1, 4, n)
    label = (draw.random(n) < truth).astype(int)
    score = {name: np.round(np.clip(truth + draw.normal(0, size, n), 0.01, 0.99), 2) for name, size in {"candidate": 0.1, "champion": 0.14}.items()}
    said = {name: (s > 0.35).astype(int) for name, s in score.items()}
    of = lambda name, rows: {
        "accuracy": m.accuracy_score(label[rows], said[name][rows]),
        "balancedAccuracy": m.balanced_accuracy_score(label[rows], said[name][rows]),
        "macroF1": m.f1_score(label[rows], said[name][rows], average="macro"),
        "matthews": m.matthews_corrcoef(label[rows], said[name][rows]),
        "precision": m.precision_score(label[rows], said[name][rows]),
        "recall": m.recall_score(label[rows], said[name][rows]),
        "f1": m.f1_score(label[rows], said[name][rows]),
        "rocAuc": m.roc_auc_score(label[rows], score[name][rows]),
        "gini": 2 * m.roc_auc_score(label[rows], score[name][rows]) - 1,
        "prAuc": m.average_precision_score(label[rows], score[name][rows]),
        "logLoss": m.log_loss(label[rows], score[name][rows]),
        "brier": m.brier_score_loss(label[rows], score[name][rows]),
    }
    worse = {key: jackknife(lambda rows: of("champion", rows)[key] - of("candidate", rows)[key]) for key in ["macroF1", "f1", "recall", "rocAuc", "prAuc"]}
    every = np.ones(n, bool)
    return {
        "label": label.tolist(),
        **{name: {"prediction": said[name].tolist(), "score": score[name].tolist()} for name in score},
        "expected": {name: of(name, every) for name in score},
        "worse": worse,
        "logLossPercentiles": np.percentile(-np.log(np.where(label == 1, score["candidate"], 1 - score["candidate"])), [25, 50, 75]).tolist(),
    }


def classes():
    names = ["basic", "churned", "pro"]
    label = draw.choice(3, n, p=[0.5, 0.2, 0.3])
    raw = draw.gamma(1, 1, (n, 3)) + 1.5 * np.eye(3)[label] * draw.random((n, 1))
    score = raw / raw.sum(axis=1, keepdims=True)
    score = np.round(score * 64) / 64
    score[:, 2] = 1 - score[:, 0] - score[:, 1]
    said = score.argmax(axis=1)
    per = lambda values: dict(zip(names, map(float, values)))
    one = np.eye(3)[label]
    return {
        "names": names,
        "label": [names[i] for i in label],
        "prediction": [names[i] for i in said],
        "scores": {name: score[:, i].tolist() for i, name in enumerate(names)},
        "expected": {
            "precision": per(m.precision_score(label, said, average=None)),
            "recall": per(m.recall_score(label, said, average=None)),
            "f1": per(m.f1_score(label, said, average=None)),
            "macroF1": m.f1_score(label, said, average="macro"),
            "microF1": m.f1_score(label, said, average="micro"),
            "rocAuc": per([m.roc_auc_score(one[:, i], score[:, i]) for i in range(3)]),
            "prAuc": per([m.average_precision_score(one[:, i], score[:, i]) for i in range(3)]),
            "macroRocAuc": m.roc_auc_score(label, score, multi_class="ovr", average="macro"),
            "macroPrAuc": m.average_precision_score(one, score, average="macro"),
            "logLoss": m.log_loss(label, score),
            "brier": m.brier_score_loss(label, score, scale_by_half=False),
        },
    }


def certain_classes():
    """Scores of 0 and 1, and some that do not add up to one: drawn from nothing, so that all other rows stay as they are."""
    names = ["basic", "churned", "pro"]
    label = [0, 0, 1, 2, 2]
    score = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.25, 0.5, 0.25], [0.0, 0.0, 1.0], [0.5, 0.5, 0.5]])
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        log_loss = m.log_loss(label, score)
    brier = float(((score - np.eye(3)[label]) ** 2).sum(axis=1).mean())
    return {
        "label": [names[i] for i in label],
        "scores": {name: score[:, i].tolist() for i, name in enumerate(names)},
        "expected": {"logLoss": log_loss, "brier": brier},
    }


def ranking():
    queries = []
    for size in [1, 2, 3, 5, 8, 12, 20, 20, 6, 4]:
        relevance = draw.choice(4, size, p=[0.55, 0.2, 0.15, 0.1])
        score = np.round(relevance * 0.4 + draw.normal(0, 1, size), 1 if size in (12, 20) else 3)
        gain = 2.0**relevance - 1
        hits = relevance > 0
        at = lambda k: m.ndcg_score([gain], [score], k=k) if size > 1 and hits.any() else None
        best = np.sort(score)[::-1]
        queries.append(
            {
                "relevance": relevance.tolist(),
                "score": score.tolist(),
                "ndcgAt3": at(3),
                "ndcgAt10": at(10),
                "averagePrecision": m.average_precision_score(hits, score) if hits.any() else None,
                "isTied": len(set(best.tolist())) < size,
            }
        )
    return queries


Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "origin": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, by scikit-learn.py beside this file",
            "days": day.tolist(),
            "regression": regression(),
            "binary": binary(),
            "classes": classes(),
            "ranking": ranking(),
            "certainClasses": certain_classes(),
        }
    )
    + "\n"
)
