import type { MetricName } from '../policy/policy.ts';

export const metricInWords: Readonly<Record<MetricName, string>> = {
  mae: 'Mean error',
  rmse: 'Root mean square error',
  mape: 'Mean percentage error',
  smape: 'Symmetric mean percentage error',
  rSquared: 'R squared',
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  macroF1: 'Macro F1',
  matthews: 'Matthews correlation',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  rocAuc: 'ROC AUC',
  gini: 'Gini',
  prAuc: 'PR AUC',
  logLoss: 'Log loss',
  brier: 'Brier score',
};
