import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCountingActivities } from '../../activities/counting.ts';
import { keepGrid } from '../../activities/ledger/grids.ts';
import type { LedgerDependencies } from '../../activities/ledger/model-ledger.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { ledgerIn, type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'churn' as ModelName;
const asOf = eventTime('2024-01-20');
const policyText = (absentMeans: string) => `model: churn
task: {kind: classification, positive: 1}
sources:
  predictions: {files: "made/*.csv", id: customer, time: day, prediction: said, score: p}
  outcomes: {files: "known/*.csv", id: customer, label: left, knownAt: known, maturesAfter: 1d${absentMeans}}
segments: {new: "tenure < 10"}
`;

/** Predictions, some made twice; their outcomes, some of which stand before them in the look; and corrections of these. */
const files = {
  'made/first.csv': [
    'customer,day,tenure,said,p',
    ...rows(0, 60, (row) => `c${row},2024-01-1${row % 5},${row % 20},${row % 2},0.${row % 10}`),
  ],
  'made/second.csv': [
    'customer,day,tenure,said,p',
    ...rows(40, 90, (row) => `c${row},2024-01-1${row % 5},${row % 17},${row % 2},0.${row % 10}`),
  ],
  'known/early.csv': ['customer,left,known', ...rows(30, 80, (row) => `c${row},${row % 3 === 0 ? 1 : 0},2024-01-12`)],
  'known/late.csv': ['customer,left,known', ...rows(0, 95, (row) => `c${row},${row % 2},2024-01-18`)],
};

function rows(from: number, to: number, text: (row: number) => string): string[] {
  return Array.from({ length: to - from }, (_, index) => text(from + index));
}

interface Looked {
  readonly policy: AppliedPolicy;
  readonly grid: Digest;
  readonly segments: readonly Segment[];
}

/** A ledger that has looked once, and found all files. */
async function look(ledger: OpenLedger, absentMeans: string): Promise<Looked> {
  const folder = join(ledger.stateRoot, 'files');
  for (const [name, lines] of Object.entries({ ...files, 'anchorwatch.yaml': [policyText(absentMeans)] })) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), lines.join('\n'));
  }
  const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const policy = await ledger.apply(read.policy, folder);
  const numbers = rows(0, 20, String).map(Number);
  const grid = await keepGrid(
    ledger,
    cutGrid(
      model,
      [
        { name: 'tenure', role: 'feature', kind: 'numeric', values: numbers },
        { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] },
        { name: 'p', role: 'score', kind: 'numeric', values: numbers.map((tenth) => tenth / 20) },
      ],
      read.policy.segments,
    ),
  );
  const { segments } = await createCountingActivities(ledger).findSegments({ model, policy, asOf, grid });
  expect(segments).toHaveLength(4);
  return { policy, grid, segments };
}

async function count(ledger: LedgerDependencies, { segments, policy, grid }: Looked, place: number): Promise<void> {
  await createCountingActivities(ledger).countSegment({ model, policy, grid, segment: segments[place] as Segment });
}

/** Every entry there is, in the order of their segments' ids. */
async function entriesIn(ledger: LedgerDependencies): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const key of ledger.store.list('artefacts/entry/'))
    entries.push((await ledger.artefacts.read<Entry>('entry', key.slice('artefacts/entry/'.length, -'.json'.length) as Digest)) as Entry);
  return entries.sort((one, other) => (one.segment < other.segment ? -1 : 1));
}

function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first, place) => ordersOf(things.toSpliced(place, 1)).map((rest) => [first, ...rest]));
}

describe.each(['', ', absentMeans: 0'])('segments of one look%s', (absentMeans) => {
  let ledger: OpenLedger;
  let looked: Looked;

  beforeEach(async () => {
    ledger = await openLedgerForTest();
    looked = await look(ledger, absentMeans);
  });
  afterEach(() => ledger.close());

  /** Entries of a counter who knows the look and nothing else, and counts its segments in some order. */
  async function counted(order: readonly number[]): Promise<string> {
    const stateRoot = `${ledger.stateRoot}-${order.join('')}`;
    await cp(join(ledger.stateRoot, 'store'), join(stateRoot, 'store'), { recursive: true });
    try {
      const alone = ledgerIn(stateRoot);
      for (const place of order) await count(alone, looked, place);
      return canonicalJson(await entriesIn(alone));
    } finally {
      await rm(stateRoot, { recursive: true });
    }
  }

  it('given outcomes, corrections and predictions, when they are counted in every order, then entries are the same bytes', async () => {
    const [inTheirOrder, ...others] = ordersOf([0, 1, 2, 3]);
    const expected = await counted(inTheirOrder as number[]);
    expect(expected).toContain('"waiting"');
    expect(expected).toContain('"met"');
    for (const order of others) expect(await counted(order)).toBe(expected);
  });

  it('given three counters that race for every segment, when each has counted all, then there is one entry of each, of the same bytes', async () => {
    const turns = [0, 1, 2].flatMap((turn) =>
      [0, 1, 2, 3].map((place) => ({ counter: ledgerIn(ledger.stateRoot), place: (place + turn) % 4 })),
    );
    const expected = await counted([0, 1, 2, 3]);
    await Promise.all(turns.map(({ counter, place }) => count(counter, looked, place)));
    expect(canonicalJson(await entriesIn(ledger))).toBe(expected);
  });
});
