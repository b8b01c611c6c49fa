import { describe, expect, it } from 'vitest';
import { scoreNarrowing } from '../../domain/serving/score-narrowing.ts';
import type { Scorer } from '../../domain/serving/scorer.port.ts';

/** A model that doubles, and refuses any batch with one of these values in it. */
function choosy(...refused: number[]): { scorer: Scorer; requests: () => number } {
  let requests = 0;
  const scorer: Scorer = {
    score: async (_url, _columns, rows) => {
      requests += 1;
      const values = rows.map(([value]) => value as number);
      if (values.some((value) => refused.includes(value))) return { outcome: 'refused', says: '400' };
      return { outcome: 'answered', predictions: values.map((value) => 2 * value) };
    },
  };
  return { scorer, requests: () => requests };
}

const rows = Array.from({ length: 500 }, (_, value) => [value]);
const ask = (scorer: Scorer, spare: number) => scoreNarrowing(scorer, 'http://model', ['x'], rows, spare);

describe('scoring a batch', () => {
  it('given good rows, when they are asked, then one request answers all in order', async () => {
    const { scorer, requests } = choosy();
    expect(await ask(scorer, 5)).toEqual(rows.map(([value]) => 2 * (value as number)));
    expect(requests()).toBe(1);
  });

  it('given two bad rows, when they are asked, then only they have no answer', async () => {
    const { scorer, requests } = choosy(17, 400);
    const answers = await ask(scorer, 5);
    expect(answers.flatMap((answer, row) => (answer === undefined ? [row] : []))).toEqual([17, 400]);
    expect(answers[499]).toBe(998);
    expect(requests()).toBeLessThan(45);
  });

  it('given a model that refuses everything, when it is asked, then it is soon given up and every row counts as failed', async () => {
    const { scorer, requests } = choosy(...rows.map(([value]) => value as number));
    expect(await ask(scorer, 5)).toEqual(rows.map(() => undefined));
    expect(requests()).toBeLessThan(40);
  });

  it('given fewer answers than rows, when they are asked, then none is taken for another row’s', async () => {
    const short: Scorer = {
      score: async (_url, _columns, part) => ({ outcome: 'answered', predictions: part.length > 1 ? [1] : [Number(part[0]?.[0])] }),
    };
    expect((await ask(short, 5)).every((answer, row) => answer === row)).toBe(true);
  });

  it('given an endpoint that is down, when it is asked, then the fault is passed on', async () => {
    const down: Scorer = { score: () => Promise.reject(new Error('does not answer')) };
    await expect(ask(down, 5)).rejects.toThrow('does not answer');
  });
});
