import { describe, expect, it } from 'vitest';
import { assess } from '../../domain/report/assess.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, policyOf, type Row } from './watched-model.ts';

interface World {
  readonly warmer?: number;
  readonly spread?: number;
  readonly unlabelled?: true;
}

function rowsOf(seed: number, firstDay: number, days: number, { warmer = 0, spread = 1, unlabelled }: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days * 60 }, (_, index) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + Math.floor(index / 60))).toISOString().slice(0, 10);
    const prediction = 100 + 20 * normal();
    const label = prediction + spread * 30 * normal();
    return { day, values: { temp: normal() + warmer }, prediction, ...(unlabelled ? {} : { label }) };
  });
}

const past = rowsOf(1, 0, 84);
const reportOf = (world: World) => assess(checkOf(past, rowsOf(2, 84, 7, world)));

describe('given an input that moved', () => {
  it('when the error of its rows is smaller beyond chance, then the report says that the metric is better, and still tells the movement', () => {
    const { consequence, says, signals } = reportOf({ warmer: 1, spread: 0.5 });
    expect(consequence).toMatchObject({ kind: 'better', moved: ['temp'] });
    expect(says[0]).toMatch(
      /temp moved, and the metric is better on these rows: Mean error [\d.]+ \[[\d.]+ to [\d.]+\], anchor [\d.]+; such drift may be of benefit\.$/,
    );
    expect(signals.find(({ subject }) => subject === 'temp')?.outcome).toBe('fail');
    expect(says[1]).toContain('temp moved');
  });

  it('when the error is as it was, then the report says so', () => {
    const { consequence } = reportOf({ warmer: 1 });
    expect(consequence).toMatchObject({ kind: 'steady', moved: ['temp'] });
    expect(consequence?.says).toMatch(
      /^temp moved, and Mean error is as good as before on these rows \([\d.]+ \[[\d.]+ to [\d.]+\], anchor [\d.]+\)\.$/,
    );
  });

  it('when the error is larger, and perhaps by its limit, then that is not called as good as before', () => {
    const { consequence } = reportOf({ warmer: 1, spread: 1.2 });
    expect(consequence).toMatchObject({ kind: 'unknown', moved: ['temp'] });
    expect(consequence?.says).toMatch(/cannot be known yet: Mean error may be worse on these rows by its limit or more \([\d.]+ \[/);
  });

  it('when four weeks of baseline and steady ones since are all that is known, and the error is a little smaller, then that is not called better', () => {
    const input = checkOf(past.slice(0, 28 * 60), rowsOf(2, 84, 7, { warmer: 1, spread: 0.97 }));
    const { consequence, signals } = assess({
      ...input,
      windowDays: { ...input.windowDays, earlier: countDays(input.grid, past.slice(28 * 60)) },
    });
    const drop = signals.find(({ statistic }) => statistic === 'drop');
    expect(drop).toMatchObject({ pValueKind: 'blocks', pValue: 1 });
    expect(drop?.value).toBeLessThan(drop?.reference as number);
    expect(consequence?.kind).toBe('steady');
  });

  it('when no outcome of its rows is known, then it says that harm cannot be known yet', () => {
    const { consequence } = reportOf({ warmer: 1, unlabelled: true });
    expect(consequence?.kind).toBe('unknown');
    expect(consequence?.says).toMatch(/^Whether it does harm that temp moved cannot be known yet: needs .+\.$/);
  });

  it('when the policy has no outcomes at all, then it says that as well', () => {
    const { outcomes: _, ...sources } = policyOf().sources;
    const input = checkOf(past, rowsOf(2, 84, 7, { warmer: 1 }), { ...policyOf(), sources });
    expect(assess(input).consequence?.says).toBe('Whether it does harm that temp moved cannot be known: no outcomes are given.');
  });

  it('when performance dropped with it, then only the cause is told', () => {
    const { cause, consequence } = reportOf({ warmer: 1, spread: 2 });
    expect(cause?.kind).toBe('both');
    expect(consequence).toBeUndefined();
  });
});

it('given nothing that moved, when the report is made, then nothing is said of harm', () => {
  expect(reportOf({}).consequence).toBeUndefined();
});

describe('given labels that are late', () => {
  const late = (matured: World) => {
    const judged = checkOf(past, rowsOf(2, 84, 7, matured));
    const newest = checkOf(past, rowsOf(3, 114, 7, { warmer: 1 }));
    const inputs = countDays(judged.grid, rowsOf(3, 114, 7, { warmer: 1, unlabelled: true }));
    return assess({ ...judged, asOf: newest.asOf, window: newest.window, windowDays: { ...judged.windowDays, inputs } });
  };

  it('when only the newest rows moved, then their outcomes are still to come', () => {
    expect(late({}).consequence?.says).toBe(
      'Whether it does harm that temp moved cannot be known yet: in the rows whose outcomes are known it has not.',
    );
  });

  it('when the rows whose outcomes are known had moved as well, then these tell', () => {
    expect(late({ warmer: 1, spread: 0.5 }).consequence?.kind).toBe('better');
  });
});
