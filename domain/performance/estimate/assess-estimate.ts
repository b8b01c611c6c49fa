import type { GridColumn } from '../../grid/grid.ts';
import { scoredClass } from '../../ledger/scored-class.ts';
import { columnsInRole } from '../../policy/columns-in-role.ts';
import { levelAfter } from '../../policy/drop.ts';
import type { AssessmentInput } from '../../report/assessment-input.ts';
import type { Judgement } from '../../report/report.ts';
import { sayNumber } from '../../report/say-number.ts';
import { sumCells, total } from '../../statistics/counts.ts';
import { comparisonOf } from '../comparison.ts';
import { errorDays } from '../errors/error-day.ts';
import type { OutcomeDay } from '../measure-performance.ts';
import { metricInWords } from '../metric-in-words.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { worsening } from '../outcome-sums.ts';
import { errorOf, reasonsToAbstain } from './abstain.ts';
import { type EstimateGround, groundOf } from './estimate-ground.ts';
import { type EstimateRules, estimateMetric } from './estimate-metric.ts';
import { estimateRules, scoredDays } from './estimate-rules.ts';
import type { ScoredRows } from './expected-outcomes.ts';

/**
 * What the metric of the newest window is likely to be, before its outcomes are known: from its scores, and from what such scores meant on the
 * newest days that have outcomes. None where labels do not wait, where predictions carry no score, or where the metric is not one of them.
 *
 * It fails where even the better end of its interval is an alarm. Else it is inconclusive, and never passes: nothing here can see that the outcomes
 * have changed given the inputs. It warns and retrains nothing. The interval is as wide as nine in ten past estimates were near the truth.
 *
 * @param anchor days of the baseline with outcomes
 * @param after  later days with outcomes
 */
export function assessEstimate(
  input: AssessmentInput,
  scale: OutcomeScale,
  anchor: readonly OutcomeDay[],
  after: readonly OutcomeDay[],
): Judgement[] {
  const { policy, grid, window, version } = input;
  const { metric, drop } = policy.performance;
  const rules = estimateRules(input, scale);
  if (rules === undefined) return [];
  const known = scoredDays([...anchor, ...after], input);
  const rows = scoredRows(input);
  const estimate = estimateMetric(rules, known, rows);
  const reference = comparisonOf(metric, scale).metricOf(anchor.map(({ outcomes }) => outcomes));
  if (estimate === undefined || reference === undefined) return [];

  const threshold = levelAfter(metric, reference, drop);
  const alarmDistance = Math.abs(threshold - reference);
  const { inputs, matured, earlier } = input.windowDays;
  const errors = {
    columns: columnsInRole(grid, policy).filter(({ name, role }) => role === 'feature' && !policy.columns.ignored.includes(name)),
    days: errorDays([...(input.baseline?.days ?? []), ...earlier, ...matured], version).filter(({ day }) =>
      known.some((one) => one.day === day),
    ),
    window: inputs.filter((day) => day.version === version),
  };
  const ground = groundOf(rules, known, { rows, calibration: estimate.calibration, windowEnd: window.to, alarmDistance, errors });
  return [judge(rules, { ...estimate, reference, threshold, ground })];
}

interface Estimated {
  readonly value: number;
  readonly reference: number;
  readonly threshold: number;
  readonly ground: EstimateGround;
}

function judge({ metric }: EstimateRules, { value, reference, threshold, ground }: Estimated): Judgement {
  const { pastErrors, calibration, rows, ageDays } = ground;
  const lacks = reasonsToAbstain(ground);
  const error = errorOf(pastErrors);
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'estimate',
    critical: false,
    value,
    reference,
    threshold,
    policyPath: '/performance/drop',
    statistics: {
      rows: total(rows.cells),
      outcomes: total(calibration.outcomes),
      outcomesAgeDays: ageDays,
      pastEstimates: pastErrors.length,
      ...(error !== undefined && { pastError: error }),
      ...(ground.calibrationGap !== undefined && { calibrationGap: ground.calibrationGap }),
    },
  } as const;
  const said = `${metricInWords(metric)} before outcomes are known, estimated ${sayNumber(value)}`;
  if (lacks.length > 0 || error === undefined) {
    const missing = lacks.join('; and ');
    return { ...common, outcome: 'inconclusive', missing, says: `${said}: not to be relied on, needs ${missing}.` };
  }

  const interval = [value - error, value + error] as const;
  const better = worsening(metric, interval[0], interval[1]) < 0 ? interval[0] : interval[1];
  const failed = worsening(metric, better, threshold) >= 0;
  const told = `${said} [${sayNumber(interval[0])} to ${sayNumber(interval[1])}], anchor ${sayNumber(reference)} (alarm at ${sayNumber(threshold)})`;
  if (failed) return { ...common, outcome: 'fail', interval, says: `${told}, if scores mean what they meant.` };
  return {
    ...common,
    outcome: 'inconclusive',
    interval,
    missing: 'outcomes',
    says: `${told}; only outcomes can tell whether scores still mean what they meant.`,
  };
}

/** The rows of the watched version in the newest window. */
function scoredRows({ grid, version, windowDays, policy }: AssessmentInput): ScoredRows {
  const own = windowDays.inputs.filter((day) => day.version === version);
  const cellsOf = (column: GridColumn | undefined) =>
    sumCells(own.flatMap(({ columns }) => (column && columns[column.name] ? [columns[column.name]?.cells ?? []] : [])));
  const [score, prediction] = [grid.columns.find(({ role }) => role === 'score'), grid.columns.find(({ role }) => role === 'prediction')];
  const place = prediction?.kind === 'categorical' ? prediction.categories.indexOf(scoredClass(policy) ?? '') : -1;
  return { cells: cellsOf(score), saidPositive: cellsOf(prediction)[place] ?? 0 };
}
