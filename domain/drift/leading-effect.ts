import type { GridColumn } from '../grid/grid.ts';
import type { Policy } from '../policy/policy.ts';
import { type EffectName, judgedEffects, judgedOf } from './judged-effect.ts';
import type { ColumnStatistics, StatisticName } from './measure-statistics.ts';

export interface LeadingEffect {
  readonly name: EffectName;
  readonly statistic: StatisticName;
  readonly value: number;
  readonly threshold: number;
}

/** Of the effects a column is judged by, the one nearest to, or furthest over, its own threshold; undefined when none was measured. */
export function leadingEffect(
  column: GridColumn,
  statistics: ColumnStatistics,
  thresholds: Policy['watch']['effects'],
): LeadingEffect | undefined {
  let leading: LeadingEffect | undefined;
  for (const name of judgedOf[column.kind]) {
    const { statistic } = judgedEffects[name];
    const value = statistics[statistic];
    if (value === undefined) continue;
    const threshold = thresholds[name];
    if (leading === undefined || value * leading.threshold > leading.value * threshold) leading = { name, statistic, value, threshold };
  }
  return leading;
}
