import { describe, expect, it } from 'vitest';
import { assess } from '../../domain/report/assess.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, type Row } from './watched-model.ts';

interface World {
  readonly warmer?: number;
  readonly nulls?: number;
  readonly worse?: number;
  readonly higher?: number;
}

function rowsOf(seed: number, firstDay: number, days: number, { warmer = 0, nulls = 0, worse = 1, higher = 0 }: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days * 60 }, (_, index) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + Math.floor(index / 60))).toISOString().slice(0, 10);
    const prediction = 100 + 20 * normal();
    const hum = random() < nulls ? null : normal();
    const values = { temp: normal() + warmer, hum };
    return { day, values, prediction: prediction + higher, label: prediction + worse * 30 * normal() };
  });
}

const past = rowsOf(1, 0, 84);
const causeOf = (world: World, before = past) => assess(checkOf(before, rowsOf(2, 84, 7, world)));

describe('given an error that doubled', () => {
  it('when no input of its rows moved, then it is concept drift, and the report says what was compared', () => {
    const { cause, says } = causeOf({ worse: 2 });
    expect(cause).toMatchObject({ kind: 'concept', inputs: 2, moved: [], unclear: [] });
    expect(says[0]).toMatch(
      /^Mean error .* Concept drift: the inputs of these rows are steady, the outcomes are not \(none of 2 moved by itself; the most: \w+ moved [\d.]+ (sigma|KS), alarm at 0\.[12]\)\.$/,
    );
  });

  it('when predictions moved and no input did, then it is not called concept drift', () => {
    const { cause, says } = causeOf({ worse: 2, higher: 40 });
    expect(cause).toMatchObject({ kind: 'predictions', inputs: 2, moved: ['prediction'], unclear: [] });
    expect(says[0]).toContain('Predictions of these rows moved (prediction) and none of 2 inputs did by itself');
  });

  it('when an input moved too, then it is named, and the two are not told apart', () => {
    const { cause, says } = causeOf({ worse: 2, warmer: 1 });
    expect(cause).toMatchObject({ kind: 'both', moved: ['temp'] });
    expect(says[0]).toContain('Inputs of these rows moved too (temp): data drift alone');
    expect(says[0]).toContain('cannot be told apart.');
  });

  it('when an input lost a fifth of its values, then it is not concept drift either', () => {
    expect(causeOf({ worse: 2, nulls: 0.2 }).cause).toMatchObject({ kind: 'both', moved: ['hum'] });
  });

  it('when an input moved far enough, but its own past does so too, then nothing is claimed', () => {
    const restless = Array.from({ length: 12 }, (_, week) => rowsOf(10 + week, week * 7, 7, { warmer: week % 2 })).flat();
    const { cause, says } = causeOf({ worse: 2, warmer: 1 }, restless);
    expect(cause).toMatchObject({ kind: 'unknown', moved: [], unclear: ['temp'] });
    expect(says[0]).toContain(
      'Whether inputs of these rows moved cannot be judged (temp): data drift and concept drift cannot be told apart.',
    );
  });
});

describe('given labels that are late', () => {
  const late = (world: { matured: World; newest: World }) => {
    const matured = checkOf(past, rowsOf(2, 84, 7, world.matured));
    const newest = checkOf(past, rowsOf(3, 114, 7, world.newest));
    const inputs = countDays(matured.grid, rowsOf(3, 114, 7, world.newest));
    return assess({ ...matured, asOf: newest.asOf, window: newest.window, windowDays: { ...matured.windowDays, inputs } });
  };

  it('when only the newest rows moved, then the drop before them is still concept drift', () => {
    const { cause, signals } = late({ matured: { worse: 2 }, newest: { warmer: 1 } });
    expect(signals.find(({ subject }) => subject === 'temp')?.outcome).toBe('fail');
    expect(cause?.kind).toBe('concept');
  });

  it('when the rows that were judged had moved and the newest have not, then it is not called concept drift', () => {
    const { cause, signals } = late({ matured: { worse: 2, warmer: 1 }, newest: {} });
    expect(signals.find(({ subject }) => subject === 'temp')?.outcome).toBe('pass');
    expect(cause).toMatchObject({ kind: 'both', moved: ['temp'] });
  });
});

it('given performance that did not drop, when inputs move, then no cause is looked for', () => {
  expect(causeOf({ warmer: 1 }).cause).toBeUndefined();
});
