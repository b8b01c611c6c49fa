import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peersPython } from '../../benchmarks/peers-python.ts';
import { assessColumn } from '../../domain/drift/assess-column.ts';
import { assessDrift } from '../../domain/drift/assess-drift.ts';
import { measureColumn } from '../../domain/drift/measure-column.ts';
import type { NumericColumn } from '../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { ColumnCounts, Partition } from '../../domain/ledger/entry.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { rootsOf } from '../../worker/roots.ts';
import { policyOf, version } from '../report/watched-model.ts';
import { normalColumn } from './counted-normals.ts';
import { type ColumnPlan, rowsOfColumns } from './rows-of-columns.ts';

const program = join(import.meta.dirname, 'peers.py');
const firstDay = eventTime('2024-01-01');
const columns = Array.from({ length: 50 }, (_, index) => normalColumn(`x${index}`, 32));
const policy = policyOf();

/** Whether each column alarms, check after check. */
export type Alarms = readonly boolean[];

export interface PeersSaid {
  readonly versions: Readonly<Record<PeerName, string>>;
  /** For each plan. */
  readonly alarms: readonly Readonly<Record<PeerName, Alarms>>[];
}

export type PeerName = 'evidently' | 'nannyml';

/**
 * Checks on the same rows by our rule as shipped, and by Evidently's and NannyML's defaults in a process beside this one. A plan in which
 * nothing moves is asked in whole checks of fifty columns. In one with a shift only the moved column of each check is drawn: peers judge each
 * column alone, and ours is adjusted as if the p-values of the forty-nine others were larger.
 *
 * @returns alarms of ours for each plan; `peers` is what they say in the end, or why they could not be asked
 */
export function besidePeers(
  plans: readonly ColumnPlan[],
  checks: number,
  level: number,
  seed: number,
): { ours: Alarms[]; peers: Promise<PeersSaid | string> } {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-peers-'));
  const files: PlanFile[] = [];
  const ours = plans.map((plan, index) => {
    const file = join(folder, `${index}.f32`);
    files.push({ file, past: plan.pastDays * plan.rowsADay, window: plan.windowDays * plan.rowsADay });
    return checkAll(plan, checks, level, seed + index, file);
  });
  return { ours, peers: askPeers(folder, files).finally(() => rmSync(folder, { recursive: true, force: true })) };
}

interface PlanFile {
  readonly file: string;
  readonly past: number;
  readonly window: number;
}

/** Draws the rows of every check, writes them for the peers, and judges them. */
function checkAll(plan: ColumnPlan, checks: number, level: number, seed: number, file: string): Alarms {
  const draw = rowsOfColumns(plan, seed);
  const out = openSync(file, 'w');
  const written = () => {
    const rows = draw();
    writeSync(out, new Uint8Array(rows.buffer));
    return rows;
  };
  try {
    return Array.from({ length: checks }, () =>
      plan.shift === 0 ? check(columns.map(written), plan, level) : [isFoundAlone(written(), plan, level)],
    ).flat();
  } finally {
    closeSync(out);
  }
}

function isFoundAlone(rows: Float32Array, { pastDays, windowDays, rowsADay }: ColumnPlan, level: number): boolean {
  const column = columns[0] as NumericColumn;
  const days = countDays(column, rows, rowsADay).map((counts, day) => ({ day: dayOf(day), counts }));
  const movement = measureColumn(column, days.slice(0, pastDays), days.slice(pastDays), windowDays);
  const pValue = movement.test.kind === 'none' ? 1 : Math.min(1, columns.length * movement.test.pValue);
  const adjusted = { pValue, family: columns.length };
  return assessColumn(movement, { layer: 'inputs', effects: policy.watch.effects, critical: true, level, adjusted }).outcome === 'fail';
}

function check(rows: readonly Float32Array[], plan: ColumnPlan, level: number): boolean[] {
  const { pastDays, windowDays, rowsADay } = plan;
  const counted = columns.map((column, index) => countDays(column, rows[index] as Float32Array, rowsADay));
  const days: Partition[] = Array.from({ length: pastDays + windowDays }, (_, day) => ({
    day: dayOf(day),
    version,
    rows: rowsADay,
    columns: Object.fromEntries(columns.map(({ name }, index) => [name, counted[index]?.[day] as ColumnCounts])),
  }));
  const signals = assessDrift(
    {
      policy,
      grid: { kind: 'grid', schemaVersion: 1, madeFrom: [], model: 'simulated' as ModelName, columns },
      version,
      window: { from: plusDays(firstDay, pastDays), to: plusDays(firstDay, pastDays + windowDays) },
      windowDays: { inputs: days.slice(pastDays) },
      baseline: { days: days.slice(0, pastDays) },
    },
    level,
  );
  return columns.map(({ name }) => signals.some(({ subject, outcome }) => subject === name && outcome === 'fail'));
}

function dayOf(index: number): string {
  return plusDays(firstDay, index).slice(0, 10);
}

function countDays(column: NumericColumn, rows: Float32Array, rowsADay: number): ColumnCounts[] {
  const sums = numericSums(column);
  return Array.from({ length: rows.length / rowsADay }, (_, day) => {
    const sum = sums();
    sum.addAll(Float64Array.from(rows.subarray(day * rowsADay, (day + 1) * rowsADay)), rowsADay);
    return sum.counts();
  });
}

async function askPeers(folder: string, plans: readonly PlanFile[]): Promise<PeersSaid | string> {
  const list = join(folder, 'plans.json');
  writeFileSync(list, JSON.stringify(plans));
  try {
    const python = peersPython(rootsOf(process.cwd(), process.env).cacheRoot);
    const { stdout } = await promisify(execFile)(python, [program, list], { maxBuffer: 2 ** 26 });
    const { versions, answers } = JSON.parse(stdout.trim().split('\n').at(-1) as string) as {
      versions: PeersSaid['versions'];
      answers: Record<PeerName, number[]>[];
    };
    return {
      versions,
      alarms: answers.map(({ evidently, nannyml }) => ({ evidently: evidently.map(Boolean), nannyml: nannyml.map(Boolean) })),
    };
  } catch (cause) {
    return (cause as Error).message.split('\n').slice(0, 3).join(' ');
  }
}
