import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { Gate } from '../policy/policy.ts';
import { type DayInterval, dayInterval } from './day-interval.ts';
import { figure } from './figure.ts';
import { metricOf } from './loss.ts';
import { type PairedDay, pairDays } from './paired-days.ts';
import type { ScoredRow } from './scored-row.ts';
import { smallestSample } from './smallest-sample.ts';
import type { GateResult } from './verdict.ts';

type NotWorse = Extract<Gate, { gate: 'not-worse' }>;

/** The champion's rows; `none`: nothing is in service; `unknown`: something is, and its rows are not at hand. */
export type Champion = { readonly rows: readonly ScoredRow[] } | 'none' | 'unknown';

/**
 * Candidate against champion on the same recent rows. `pass`: even the upper end of the interval is within the margin; `fail`:
 * even the lower end is beyond it; else nothing is proven. Without a champion there is nothing to be worse than.
 */
export function assessNotWorse(
  gate: NotWorse,
  candidate: readonly ScoredRow[],
  champion: Champion,
  asOf: EventTime,
  policyPath: string,
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

  const days = pairDays(gate.metric, recent(candidate, asOf, gate.recentDays), champion.rows);
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  if (rows < smallestSample.rows || days.length < smallestSample.days) {
    const has = `${rows} rows of ${days.length} days`;
    const missing = `${has} in the last ${gate.recentDays} days; ${smallestSample.rows} rows of ${smallestSample.days} days are needed`;
    return { ...base, outcome: 'inconclusive', rows, missing, says: `Too little to compare: ${missing}.` };
  }
  return compared(gate, days, rows, policyPath);
}

function recent(rows: readonly ScoredRow[], asOf: EventTime, days: number): readonly ScoredRow[] {
  const from = Date.parse(plusDays(asOf, -days));
  const to = Date.parse(asOf);
  return rows.filter(({ timeMilliseconds }) => timeMilliseconds >= from && timeMilliseconds < to);
}

function compared({ metric, margin }: NotWorse, days: readonly PairedDay[], rows: number, policyPath: string): GateResult {
  const found = dayInterval(metric, days, margin);
  const { allowed, value } = found.excess;
  const interval = found.interval && ([found.interval[0] + allowed, found.interval[1] + allowed] as const);
  const candidate = metricOf(metric, found.candidateMeanLoss);
  const champion = metricOf(metric, found.championMeanLoss);
  const difference = value + allowed;
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
      `${metric} ${figure(candidate)} against the champion's ${figure(champion)} on ${rows} rows of ${days.length} days: ` +
      `${signed(difference)}${between} where above zero is worse, up to ${signed(allowed)} allowed.`,
  };
}

function outcomeOf({ interval }: DayInterval): Outcome {
  if (interval === undefined) return 'inconclusive';
  if (interval[1] <= 0) return 'pass';
  return interval[0] > 0 ? 'fail' : 'inconclusive';
}

function signed(value: number): string {
  return value > 0 ? `+${figure(value)}` : figure(value);
}
