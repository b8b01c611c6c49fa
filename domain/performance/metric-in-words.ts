import { metricParts } from '../policy/metric-parts.ts';
import type { NamedMetric } from '../policy/policy.ts';

const words: Readonly<Record<NamedMetric, string>> = {
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
  macroRocAuc: 'ROC AUC, mean of classes',
  macroPrAuc: 'PR AUC, mean of classes',
  ndcg: 'nDCG',
  averagePrecision: 'Mean average precision',
};

/** What people call a metric: `Recall of churned`; what is declared, and what is none, is told by its own name. */
export function metricInWords(metric: string): string {
  const { base, of } = metricParts(metric);
  if (base === 'gain' || base === 'cost') return of ?? base;
  const said = Object.hasOwn(words, base) ? words[base] : undefined;
  if (said === undefined) return metric;
  return of === undefined ? said : `${said} of ${of}`;
}
