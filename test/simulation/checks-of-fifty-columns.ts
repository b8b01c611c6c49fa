import { assessDrift } from '../../domain/drift/assess-drift.ts';
import { windowsBefore } from '../../domain/drift/windows-before.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Signal } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { policyOf, version } from '../report/watched-model.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

export interface CheckPlan {
  readonly world: WorldName;
  /** Of the baseline. */
  readonly pastDays: number;
  /** Between baseline and window. */
  readonly laterDays?: number;
  readonly rowsADay: number;
  readonly level: number;
  /** What an effect must reach; without it the policy's defaults. */
  readonly thresholds?: number;
}

export interface ChecksMade {
  readonly anyAlarm: number;
  readonly alarmedColumns: number;
  readonly inconclusiveColumns: number;
}

const columns = 50;
const windowDays = 7;
const firstDay = eventTime('2024-01-01');

/** Shares over so many whole checks of fifty columns, each a world of its own, where nothing drifts. */
export function checksOfFiftyColumns(plan: CheckPlan, runs: number, seed: number): ChecksMade {
  const random = seededRandom(seed);
  const grid = gridOfFifty();
  const policy = policyWith(plan.thresholds);
  const made = Array.from({ length: runs }, () => {
    const { pastDays, laterDays = 0 } = plan;
    const days = stableDays(grid, plan, random);
    const first = pastDays + laterDays;
    const window = { from: plusDays(firstDay, first), to: plusDays(firstDay, first + windowDays) };
    const before = windowsBefore(windowDays, window, plusDays(firstDay, pastDays));
    before.add(days.slice(pastDays, first));
    const signals = assessDrift(
      {
        policy,
        grid,
        version,
        window,
        windowDays: { inputs: days.slice(first), before: before.windows() },
        baseline: { days: days.slice(0, pastDays) },
      },
      plan.level,
    );
    const share = (outcome: Signal['outcome']) => signals.filter((signal) => signal.outcome === outcome).length / columns;
    return { alarmed: share('fail'), inconclusive: share('inconclusive') };
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / runs;
  return {
    anyAlarm: mean(made.map(({ alarmed }) => (alarmed > 0 ? 1 : 0))),
    alarmedColumns: mean(made.map(({ alarmed }) => alarmed)),
    inconclusiveColumns: mean(made.map(({ inconclusive }) => inconclusive)),
  };
}

function gridOfFifty(): Grid {
  const names = Array.from({ length: columns }, (_, index) => `x${index}`);
  return {
    kind: 'grid',
    schemaVersion: 1,
    madeFrom: [],
    model: 'simulated' as ModelName,
    columns: names.map((name) => normalColumn(name, 32)),
  };
}

function policyWith(thresholds: number | undefined): Policy {
  const policy = policyOf();
  if (thresholds === undefined) return policy;
  const effects = Object.fromEntries(Object.keys(policy.watch.effects).map((name) => [name, thresholds]));
  return { ...policy, watch: { ...policy.watch, effects: { ...policy.watch.effects, ...effects } } };
}

function stableDays(grid: Grid, { world, pastDays, laterDays = 0, rowsADay }: CheckPlan, random: () => number): Partition[] {
  const drawn = grid.columns.map((column) => {
    if (column.kind !== 'numeric') throw new Error(`${column.name} is no number.`);
    return { name: column.name, draw: countedNormals(column, random), next: worlds[world](random, rowsADay) };
  });
  return Array.from({ length: pastDays + laterDays + windowDays }, (_, day) => {
    const counts = Object.fromEntries(drawn.map(({ name, draw, next }) => [name, draw(next())]));
    return { day: plusDays(firstDay, day).slice(0, 10), version, rows: rowsADay, columns: counts };
  });
}
