import { describe, expect, it } from 'vitest';
import { assessQuality } from '../../domain/drift/assess-quality.ts';
import { measureQuality } from '../../domain/drift/measure-quality.ts';
import { sayNewNames, toldNames } from '../../domain/drift/told-names.ts';
import { cutCategories } from '../../domain/grid/cut-categories.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import { standard } from '../../domain/policy/standard.ts';

const column = cutCategories({ name: 'plan', role: 'feature', kind: 'categorical', values: ['free', 'pro'] });

function count(rows: Readonly<Record<string, number>>) {
  const sum = categoricalSums(column)();
  for (const [name, count] of Object.entries(rows)) sum.add(name, count);
  return sum.counts();
}

describe('new names of some days', () => {
  it('given none, then nothing is told', () => {
    expect(toldNames([count({ free: 3 })])).toBeUndefined();
    expect(toldNames([])).toBeUndefined();
  });

  it('given several on two days, then the most frequent come first, and those of under ten rows are not said', () => {
    const told = toldNames([count({ solar: 7, wind: 12, a: 1 }), count({ solar: 8, tide: 9 })]);
    expect(told).toEqual({
      names: 4,
      more: false,
      frequent: [
        ['solar', 15],
        ['wind', 12],
        ['tide', 9],
        ['a', 1],
      ],
    });
    expect(told && sayNewNames(told)).toBe('4 new names, most often solar (15 rows), wind (12 rows)');
  });

  it('given rare ones alone, then only how many there are is said', () => {
    expect(sayNewNames(toldNames([count({ a: 9 })]) as never)).toBe('1 new name');
  });

  it('given more than ten thousand, then it is said that there are more', () => {
    const many = count({ ...Object.fromEntries(Array.from({ length: 12_000 }, (_, at) => [`n${at}`, 1])), free: 5 });
    expect(sayNewNames(toldNames([many]) as never)).toBe('over 10,000 new names');
  });
});

it('given a column with new names, then its signal of quality tells how many, and which are frequent', () => {
  const day = (name: string, rows: Readonly<Record<string, number>>) => ({ day: name, counts: count(rows) });
  const flaws = measureQuality(
    column,
    [day('2024-01-01', { free: 900, pro: 100 })],
    [day('2024-02-01', { free: 800, solar: 150, x: 50 })],
    'independentRows',
  );
  const unseen = flaws.find(({ flaw }) => flaw === 'unseen');
  if (unseen === undefined) throw new Error('it is measured');
  const judged = assessQuality(unseen, { effects: standard.watch.effects, critical: false, adjustedPValue: 0, level: 0.01 });
  expect(judged).toMatchObject({ outcome: 'fail', statistics: { share: 0.2, newNames: 2 } });
  expect(judged.says).toMatch(
    /^plan: 20% of rows are in categories never seen before, .* 2 new names, most often solar \(150 rows\), x \(50 rows\)\.$/,
  );
});
