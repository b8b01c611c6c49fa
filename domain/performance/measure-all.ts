import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import { metricOfMeasure } from '../policy/metric-of-measure.ts';
import { allMetrics } from '../policy/metric-traits.ts';
import { classTotalsOf } from './class-totals-of.ts';
import { comparisonOf } from './comparison.ts';
import { lossPercentiles } from './loss-percentiles.ts';
import { measureCalibration } from './measure-calibration.ts';
import { areaUnderRoc } from './metrics/area-under-roc.ts';
import { macroPrecisionRecallF1, precisionRecallF1 } from './metrics/precision-recall-f1.ts';
import type { OutcomeScale } from './outcome-scale.ts';

const mostClassesNamed = 32;

/**
 * Every metric the counts of some days carry, by its name; those of one class as `precision/<class>`. `bias` is prediction minus
 * outcome; `rocAucErrorBound` how far the area of the raw scores may lie from that of their cells; calibration errors are over ten bins;
 * `queriesWithoutRelevant` have no metric.
 * They are told and not judged: the fewer rows, the larger they are by chance alone.
 */
export function measureAll(days: readonly OutcomeCounts[], scale: OutcomeScale): Readonly<Record<string, number>> {
  if (days.length === 0) return {};
  const counts = days.reduce(addOutcomes);
  return present({
    ...Object.fromEntries(allMetrics().map((metric) => [metric, comparisonOf(metric, scale).metricOf([counts])])),
    ...declared(days, scale),
    ...ofScoredClasses(counts, scale),
    bias: biasOf(counts, scale),
    rocAucErrorBound: counts.scores && areaUnderRoc(counts.scores)?.errorBound,
    ...measureCalibration(counts),
    queries: counts.queries?.labelled,
    queriesWithoutRelevant: counts.queries && counts.queries.labelled - counts.queries.relevant,
    ...lossPercentiles(counts, scale),
    ...ofClasses(counts, scale),
  });
}

function declared(days: readonly OutcomeCounts[], scale: OutcomeScale): Record<string, number | undefined> {
  const metrics = (scale.measures ?? []).map(metricOfMeasure);
  return Object.fromEntries(metrics.map((metric) => [metric, comparisonOf(metric, scale).metricOf(days)]));
}

function ofScoredClasses(counts: OutcomeCounts, scale: OutcomeScale): Record<string, number | undefined> {
  const metrics = Object.keys(counts.classScores ?? {}).flatMap((name) => [`rocAuc/${name}`, `prAuc/${name}`] as const);
  return Object.fromEntries(metrics.map((metric) => [metric, comparisonOf(metric, scale).metricOf([counts])]));
}

function biasOf({ matched, signedError }: OutcomeCounts, { unit }: OutcomeScale): number | undefined {
  return signedError === undefined || matched <= 0 ? undefined : (Number(signedError) * unit) / matched;
}

function ofClasses(counts: OutcomeCounts, { classes }: OutcomeScale): Record<string, number | undefined> {
  const totals = classTotalsOf(counts);
  if (totals === undefined) return {};
  const macro = macroPrecisionRecallF1(totals);
  const named = classes.slice(0, mostClassesNamed).flatMap((name, place) => {
    const measured = precisionRecallF1(totals, place);
    return Object.entries(measured ?? {}).map(([figure, value]): [string, number] => [`${figure}/${name}`, value]);
  });
  return { macroPrecision: macro?.precision, macroRecall: macro?.recall, ...Object.fromEntries(named) };
}

function present(figures: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).filter((figure): figure is [string, number] => figure[1] !== undefined));
}
