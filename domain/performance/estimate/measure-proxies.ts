import { daysLike } from '../../calendar/past-blocks.ts';
import type { GridColumn } from '../../grid/grid.ts';
import { addOutcomes } from '../../ledger/add-counts.ts';
import { columnsInRole } from '../../policy/columns-in-role.ts';
import { levelAfter } from '../../policy/drop.ts';
import type { AssessmentInput } from '../../report/assessment-input.ts';
import { sumCells, total } from '../../statistics/counts.ts';
import { jensenShannon } from '../../statistics/jensen-shannon.ts';
import { pastOf } from '../assess-levels.ts';
import { comparisonOf } from '../comparison.ts';
import { type ErrorDay, errorDays } from '../errors/error-day.ts';
import { lackingOutcomes } from '../lacking-outcomes.ts';
import type { OutcomeDay } from '../outcome-day.ts';
import { outcomeScale } from '../outcome-scale.ts';
import { worsening } from '../outcome-sums.ts';
import { newestOf, provedEstimates, windowsOf } from './estimate-metric.ts';
import { estimateRules } from './estimate-rules.ts';
import { knownDays } from './known-days.ts';
import type { ProxyName, ProxyRecord } from './proxy-record.ts';

/**
 * Which proxy would have told that this model became worse: the estimate, were it over the alarm's threshold; inputs, or predictions, were one of
 * their columns as far from the baseline as `watch.effects.jensenShannon` on coarse cells, less its noise. Windows follow each other back
 * from the newest that has outcomes to the baseline.
 *
 * Undefined where labels do not wait, or no window since the baseline has its outcomes.
 *
 * Cost O(windows × columns × days).
 */
export function measureProxies(input: AssessmentInput): ProxyRecord | undefined {
  const { policy, baseline } = input;
  if (policy.labels.maturesAfterDays === 0 || baseline === undefined) return undefined;
  const { metric, drop } = policy.performance;
  const scale = outcomeScale(input.grid, policy.task.kind === 'classification' ? policy.task.positive : undefined);
  const { anchor, after } = knownDays(input);
  const comparison = comparisonOf(metric, scale);
  const metricOf = (days: readonly OutcomeDay[]) => comparison.metricOf(days.map(({ outcomes }) => outcomes));
  const warnings = warningsOf(input);
  const judged = windowsOf(after, policy.watch.windowDays).flatMap((window) => {
    const like = daysLike(anchor, pastOf({ season: policy.baseline.season }, window, policy.watch.windowDays));
    const [value, reference] = [isJudged(metric, window) ? metricOf(window) : undefined, metricOf(like)];
    if (value === undefined || reference === undefined) return [];
    const isWorse = (one: number) => worsening(metric, one, levelAfter(metric, reference, drop)) >= 0;
    return [
      {
        isDegraded: isWorse(value),
        warned: warnings(
          window.map(({ day }) => day),
          isWorse,
        ),
      },
    ];
  });
  if (judged.length === 0) return undefined;
  const record = {
    windows: judged.length,
    degraded: judged.filter(({ isDegraded }) => isDegraded).length,
    proxies: names.flatMap((proxy) => {
      const told = judged.flatMap(({ isDegraded, warned }) => (warned[proxy] === undefined ? [] : [{ isDegraded, warned: warned[proxy] }]));
      const of = (isDegraded: boolean) => told.filter((one) => one.isDegraded === isDegraded);
      const warnedOf = (isDegraded: boolean) => of(isDegraded).filter(({ warned }) => warned).length;
      if (told.length === 0) return [];
      return [{ proxy, degraded: of(true).length, warned: warnedOf(true), others: of(false).length, warnedOfOthers: warnedOf(false) }];
    }),
  };
  return { ...record, says: sayRecord(record) };
}

const names = ['estimate', 'inputs', 'predictions'] as const;

function isJudged(metric: AssessmentInput['policy']['performance']['metric'], window: readonly OutcomeDay[]): boolean {
  const outcomes = window.map((day) => day.outcomes).reduce(addOutcomes);
  return lackingOutcomes(metric, outcomes.matched, outcomes) === undefined;
}

type Warned = { readonly [proxy in ProxyName]?: boolean };

/** What each proxy could have told of the window of these days. */
function warningsOf(input: AssessmentInput): (days: readonly string[], isWorse: (value: number) => boolean) => Warned {
  const { policy, grid, baseline, version, windowDays } = input;
  const scale = outcomeScale(grid, policy.task.kind === 'classification' ? policy.task.positive : undefined);
  const rules = estimateRules(input, scale);
  const all = [...(baseline?.days ?? []), ...windowDays.earlier, ...windowDays.matured];
  const { anchor, after } = knownDays(input);
  const estimates = rules
    ? provedEstimates(
        rules,
        [...anchor, ...after].filter((day) => rules.foresight.isKnown(day)),
      )
    : [];
  const before = errorDays(baseline?.days ?? [], version);
  const counted = errorDays(all, version);
  const watched = columnsInRole(grid, policy).filter(({ name }) => !policy.columns.ignored.includes(name));
  return (days, isWorse) => {
    const window = counted.filter(({ day }) => days.includes(day));
    const estimate = estimates.find(({ to }) => to === newestOf(days.map((day) => ({ day }))));
    const moved = (columns: readonly GridColumn[]) => hasMoved(columns, before, window, policy.watch.effects.jensenShannon);
    const inputs = moved(watched.filter(({ role }) => role === 'feature'));
    const predictions = moved(watched.filter(({ role }) => role !== 'feature'));
    return {
      ...(estimate && { estimate: isWorse(estimate.value) }),
      ...(inputs !== undefined && { inputs }),
      ...(predictions !== undefined && { predictions }),
    };
  };
}

function hasMoved(
  columns: readonly GridColumn[],
  before: readonly ErrorDay[],
  window: readonly ErrorDay[],
  limit: number,
): boolean | undefined {
  if (columns.length === 0 || before.length === 0 || window.length === 0) return undefined;
  return columns.some(({ name }) => {
    const rowsOf = (days: readonly ErrorDay[]) =>
      sumCells(days.flatMap(({ columns: counted }) => (counted[name] ? [counted[name].rows] : [])));
    const [p, q] = [rowsOf(before), rowsOf(window)];
    const divergence = p.length === 0 || q.length === 0 ? undefined : jensenShannon(p, q)?.divergence;
    const noise = ((p.length - 1) * (1 / total(p) + 1 / total(q))) / (8 * Math.LN2);
    return divergence !== undefined && Math.sqrt(Math.max(0, divergence - noise)) >= limit;
  });
}

const inWords: Readonly<Record<ProxyName, string>> = { estimate: 'estimates', inputs: 'inputs', predictions: 'predictions' };

function sayRecord({ windows, degraded, proxies }: Omit<ProxyRecord, 'says'>): string {
  const told = `Before outcomes were known: of ${windows} windows since the baseline ${degraded} became worse by the drop that alarms`;
  if (proxies.length === 0) return `${told}.`;
  const each = proxies.map(
    (one) => `${inWords[one.proxy]} warned of ${one.warned} of ${one.degraded} and of ${one.warnedOfOthers} of ${one.others} others`,
  );
  return `${told}; ${each.join(', ')}.`;
}
