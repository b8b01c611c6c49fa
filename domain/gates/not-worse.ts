import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { Outcome } from '../identity/outcome.ts';
import { worsening } from '../performance/outcome-sums.ts';
import type { Gate } from '../policy/policy.ts';
import { dayInterval } from './day-interval.ts';
import { figure } from './figure.ts';
import type { GatedTask } from './gated-task.ts';
import { jackknifeExcess, type SummedExcess } from './jackknife-excess.ts';
import { isRowLoss, metricOf } from './loss.ts';
import { lacksScores, scoresMissing } from './measure-rows.ts';
import { type PairedRows, pairRows, sumPairs } from './paired-days.ts';
import type { ScoredRow } from './scored-row.ts';
import { smallestSample } from './smallest-sample.ts';
import type { GateResult } from './verdict.ts';

type NotWorse = Extract<Gate, { gate: 'not-worse' }>;

/** The champion's rows; `none`: nothing is in service; `unknown`: something is, and its rows are not at hand. */
export type Champion = { readonly rows: readonly ScoredRow[] } | 'none' | 'unknown';

/**
 * Candidate against champion on the same recent rows. `pass`: even the upper end of the interval is within the margin; `fail`:
 * even the lower end is beyond it; else nothing is proven. Without a champion there is nothing to be worse than.
 *
 * Mean losses are compared by a bootstrap over days, all other metrics by leaving out one day at a time.
 */
export function assessNotWorse(
  gate: NotWorse,
  candidate: readonly ScoredRow[],
  champion: Champion,
  asOf: EventTime,
  policyPath: string,
  task: GatedTask = {},
): GateResult {
  const base = { gate: 'not-worse', metric: gate.metric, policyPath };
  if (champion === 'none') return { ...base, outcome: 'pass', rows: 0, says: 'No champion to compare with: nothing to be worse than.' };
  if (champion === 'unknown') {
    return {
      ...base,
      outcome: 'inconclusive',
      rows: 0,
      missing: "the champion's rows",
      says: 'The champion was not scored on these rows.',
    };
  }

  if (lacksScores(gate.metric, candidate) || lacksScores(gate.metric, champion.rows)) {
    return { ...base, outcome: 'inconclusive', rows: 0, missing: scoresMissing, says: `Too little to compare: needs ${scoresMissing}.` };
  }

  const days = pairRows(gate.metric, recent(candidate, asOf, gate.recentDays), champion.rows);
  const rows = days.reduce((sum, day) => sum + day.candidate.length, 0);
  if (rows < smallestSample.rows || days.length < smallestSample.days) {
    const has = `${rows} rows of ${days.length} days`;
    const missing = `${has} in the last ${gate.recentDays} days; ${smallestSample.rows} rows of ${smallestSample.days} days are needed`;
    return { ...base, outcome: 'inconclusive', rows, missing, says: `Too little to compare: ${missing}.` };
  }
  const found = compare(gate, days, task);
  if (typeof found !== 'string') return compared(gate, days.length, found, policyPath);
  return { ...base, outcome: 'inconclusive', rows, missing: found, says: `${rows} rows do not tell ${gate.metric}: it needs ${found}.` };
}

function recent(rows: readonly ScoredRow[], asOf: EventTime, days: number): readonly ScoredRow[] {
  const from = Date.parse(plusDays(asOf, -days));
  const to = Date.parse(asOf);
  return rows.filter(({ timeMilliseconds }) => timeMilliseconds >= from && timeMilliseconds < to);
}

interface Compared extends SummedExcess {
  readonly rows: number;
}

/** @returns what the rows lack, where they cannot be compared */
function compare({ metric, margin }: NotWorse, days: readonly PairedRows[], task: GatedTask): Compared | string {
  if (!isRowLoss(metric)) {
    const found = jackknifeExcess(metric, days, margin, task);
    return typeof found === 'string' ? found : { ...found, rows: days.reduce((sum, day) => sum + day.candidate.length, 0) };
  }
  const sums = sumPairs(metric, days, task.positive);
  if (sums.length === 0) return 'rows that carry it';
  const { candidateMeanLoss, championMeanLoss, excess, interval } = dayInterval(metric, sums, margin);
  return {
    candidate: metricOf(metric, candidateMeanLoss),
    champion: metricOf(metric, championMeanLoss),
    allowed: excess.allowed,
    ...(interval && { interval }),
    rows: sums.reduce((sum, day) => sum + day.rows, 0),
  };
}

function compared({ metric }: NotWorse, days: number, found: Compared, policyPath: string): GateResult {
  const { candidate, champion, allowed, rows } = found;
  const interval = found.interval && ([found.interval[0] + allowed, found.interval[1] + allowed] as const);
  const difference = worsening(metric, candidate, champion);
  const between = interval ? ` [${interval.map(signed).join(', ')}]` : '';
  return {
    gate: 'not-worse',
    metric,
    outcome: outcomeOf(found),
    candidate,
    champion,
    difference,
    ...(interval ? { interval } : { missing: 'days that differ less: a few carry the whole difference' }),
    threshold: allowed,
    rows,
    policyPath,
    says:
      `${metric} ${figure(candidate)} against the champion's ${figure(champion)} on ${rows} rows of ${days} days: ` +
      `${signed(difference)}${between} where above zero is worse, up to ${signed(allowed)} allowed.`,
  };
}

function outcomeOf({ interval }: Compared): Outcome {
  if (interval === undefined) return 'inconclusive';
  if (interval[1] <= 0) return 'pass';
  return interval[0] > 0 ? 'fail' : 'inconclusive';
}

function signed(value: number): string {
  return value > 0 ? `+${figure(value)}` : figure(value);
}
