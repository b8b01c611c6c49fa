import { expect, it } from 'vitest';
import type { GridColumn } from '../../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { ErrorCells, Partition } from '../../../domain/ledger/entry.ts';
import { reasonsToAbstain } from '../../../domain/performance/estimate/abstain.ts';
import type { KnownDay } from '../../../domain/performance/estimate/foresight.ts';
import { testShiftedColumns } from '../../../domain/performance/estimate/shifted-columns.ts';
import { testWrongAnswers } from '../../../domain/performance/estimate/wrong-answers.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const columns = names.map((name): GridColumn => ({ name, role: 'feature', kind: 'categorical', categories: ['x', 'y'] }));

/** 300 rows a day, half of them x, a tenth answered wrongly; of `name` wrong more often where it is x. */
function errorDay(number: number, random: () => number, name?: string): KnownDay {
  const counted = names.map((one): [string, ErrorCells] => {
    const cells = { rows: [0, 0, 0, 0], loss: [0, 0, 0, 0] };
    for (let row = 0; row < 300; row += 1) {
      const cell = random() < 0.5 ? 0 : 1;
      cells.rows[cell] = (cells.rows[cell] as number) + 1;
      if (random() < (one === name && cell === 0 ? 0.3 : 0.1)) cells.loss[cell] = (cells.loss[cell] as number) + 1;
    }
    return [one, cells];
  });
  return { day: plusDays(eventTime('2024-01-01'), number).slice(0, 10), errors: Object.fromEntries(counted), outcomes: { matched: 300 } };
}

/** Of each column so many of a thousand rows are x. */
function windowOf(x: Readonly<Record<string, number>>): Partition[] {
  const counts = (rows: number) => ({ cells: [rows, 1000 - rows, 0], nulls: 0, notANumber: 0, typeErrors: 0 });
  return [
    {
      day: '2024-06-01',
      version: '1' as Version,
      rows: 1000,
      columns: Object.fromEntries(names.map((name) => [name, counts(x[name] ?? 500)])),
    },
  ];
}

const rules = { testColumn: testWrongAnswers, past: 7 };
const falling = Object.fromEntries(names.map((name, index) => [name, 900 - 60 * index]));
const days = (seed: number, changed?: string) => {
  const random = seededRandom(seed);
  const before = Array.from({ length: 84 }, (_, number) => errorDay(number, random));
  return { before, newest: Array.from({ length: 7 }, (_, number) => errorDay(84 + number, random, changed)) };
};

it('given inputs that moved, when their wrong answers are tested, then it is the five that moved most, the furthest first', () => {
  expect(testShiftedColumns(columns, days(1), windowOf(falling), rules).map(({ column }) => column)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('given one of them in which the newest answers go wrong, when an estimate is asked of it, then it abstains and names the column', () => {
  const tests = testShiftedColumns(columns, days(2, 'b'), windowOf(falling), rules);
  expect(tests.find(({ column }) => column === 'b')?.pValue).toBeLessThan(0.001);
  const sound = {
    ageDays: 30,
    delayDays: 30,
    signs: 'scores',
    mistakes: 'wrong answers',
    lacking: undefined,
    calibration: { gap: 0.01 },
    alarmDistance: 0.05,
    isShare: true,
    concept: { kind: 'blocks', blocks: 12, pValue: 0.5 },
    conceptOfColumns: [],
    uncovered: 0,
    pastErrors: [0.01, 0.01, 0.02, 0.01, 0.01, 0.02, 0.01, 0.01],
  } as const;
  expect(reasonsToAbstain(sound)).toEqual([]);
  expect(reasonsToAbstain({ ...sound, conceptOfColumns: tests }).join()).toMatch(
    /^newest wrong answers by column like those before; not so in .*b \(p = [\de-]+\)/,
  );
});

it('given one that changed but moved least, when the inputs are tested, then it is not among them', () => {
  expect(testShiftedColumns(columns, days(3, 'g'), windowOf(falling), rules).map(({ column }) => column)).not.toContain('g');
});
