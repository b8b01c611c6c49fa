import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { LevelRules } from '../../domain/performance/assess-levels.ts';
import { assessLevels } from '../../domain/performance/assess-levels.ts';
import { steadyDays } from '../../domain/performance/steady-days.ts';
import { windowsOfDays } from '../../domain/performance/windows-of-days.ts';
import { normals } from '../gates/rows.ts';
import { scale } from '../performance/outcome-days.ts';
import { daysOfErrors, type ErrorPlan, firstDay } from './days-of-errors.ts';

export interface DropPlan extends Omit<ErrorPlan, 'weeks' | 'factor'> {
  readonly baselineWeeks: number;
  readonly weeksSince: number;
  /** Relative, of the mean error in the week that is judged. */
  readonly rise?: number;
  /** The same in the second week since the baseline. */
  readonly earlierRise?: number;
}

/** The policy's defaults, looked at daily. */
const rules: LevelRules = {
  metric: 'mae',
  drop: { by: 0.03, of: 'relative' },
  sudden: { by: 0.05, of: 'relative' },
  scale,
  windowDays: 7,
  season: 'none',
  level: 1 / 360,
};

/** p-values of `drop` for so many models, as a look has them: of the last week, against the baseline and the weeks since. */
export function dropPValues(
  { baselineWeeks, weeksSince, rise = 0, earlierRise = 0, ...plan }: DropPlan,
  runs: number,
  seed: number,
): number[] {
  const normal = normals(seed);
  const weeks = baselineWeeks + weeksSince + 1;
  const factor = (week: number) => 1 + (week >= weeks - 1 ? rise : Math.floor(week) === baselineWeeks + 1 ? earlierRise : 0);
  const at = (week: number) => plusDays(eventTime(firstDay), 7 * week);
  return Array.from({ length: runs }, () => {
    const days = daysOfErrors({ ...plan, weeks, factor }, normal);
    const [anchor, between, window] = [days.slice(0, 7 * baselineWeeks), days.slice(7 * baselineWeeks, -7), days.slice(-7)];
    const steady = steadyDays(rules, anchor, between);
    const windows = windowsOfDays(between, 7, { from: at(weeks - 1), to: at(weeks) }, at(baselineWeeks));
    const later = { windows, alarmed: steady.alarmed, limit: rules.drop, level: rules.level };
    const { test } = assessLevels(rules, { anchor, steady: steady.days, window, later }, []).whole;
    return test.kind === 'none' ? 1 : test.pValue;
  });
}
