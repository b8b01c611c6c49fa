import type { Measure, MeasuredColumn } from '../../domain/policy/measure.ts';
import { metricOfMeasure } from '../../domain/policy/metric-of-measure.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import type { PolicyFile } from './schema.ts';

/** Measures as the policy has them, in the order they were written. */
export function measuresOf(written: PolicyFile['measures']): Measure[] {
  return Object.entries(written ?? {}).map(([name, measure]) =>
    'sum' in measure
      ? { name, better: measure.better, sum: columnOf(measure.sum), per: 'day' }
      : { name, better: measure.better, sum: columnOf(measure.of), per: columnOf(measure.per) },
  );
}

/** A name that is none of these was found before. */
export function metricNamed(name: string | undefined, measures: readonly Measure[]): MetricName | undefined {
  const declared = measures.find((measure) => measure.name === name);
  return declared === undefined ? (name as MetricName | undefined) : metricOfMeasure(declared);
}

const ofPredictions = 'predictions.';

function columnOf(written: string): MeasuredColumn {
  return written.startsWith(ofPredictions)
    ? { in: 'predictions', column: written.slice(ofPredictions.length) }
    : { in: 'outcomes', column: written };
}
