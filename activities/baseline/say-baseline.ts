import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { columnInWords } from '../../domain/grid/kind-of.ts';
import { plusDays } from '../../domain/identity/event-time.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import { sayNames } from '../../domain/report/say-names.ts';
import type { Stretch } from './stretch.ts';

/** What was taken, of how many rows and days, and what speaks against it. */
export function sayBaseline(baseline: Baseline, columns: Grid['columns'], partitions: readonly Partition[], passedOver?: Stretch): string {
  const outcomes = partitions.reduce((sum, partition) => sum + (partition.outcomes?.matched ?? 0), 0);
  const kind = baseline.from === 'held-out' ? 'held-out rows' : 'rows of production';
  const days = new Set(partitions.map(({ day }) => day.slice(0, 10))).size;
  const range = `from ${partitions[0]?.day} to ${partitions.at(-1)?.day}`;
  return `Baseline of ${baseline.rows} ${kind} on ${days} days ${range}, ${outcomes} with their outcome.${sayKinds(columns)}${sayOverride(baseline)}${sayPassedOver(passedOver)}`;
}

export function sayDays({ from, to }: TimeSpan): string {
  return `${from.slice(0, 10)} to ${plusDays(to, -1).slice(0, 10)}`;
}

/** What is watched of columns that are not watched as they are. */
function sayKinds(columns: Grid['columns']): string {
  const said = columns.filter(({ of }) => of === 'time' || of === 'text').map(columnInWords);
  return said.length === 0 ? '' : ` Watched is the ${sayNames(said)}, by what their values are.`;
}

function sayOverride({ stability, anyway }: Baseline): string {
  if (anyway === undefined) return '';
  return ` Taken by ${anyway.who} whether steady or not (${anyway.reason}). ${stability?.says ?? ''}`;
}

function sayPassedOver(stretch: Stretch | undefined): string {
  return stretch === undefined ? '' : ` Passed over: ${sayDays(stretch.window)}, not steady. ${stretch.stability.says}`;
}
