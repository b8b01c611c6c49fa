import type { MetricName } from '../policy/policy.ts';

export const metricInWords: Readonly<Record<MetricName, string>> = {
  mae: 'Mean error',
  rmse: 'Root mean square error',
  accuracy: 'Accuracy',
};
