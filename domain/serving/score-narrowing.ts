import type { Answer, Cell, Scorer } from './scorer.port.ts';

type Row = readonly Cell[];

/**
 * Predictions of all rows, `undefined` where there is none. A batch that is refused, or gets fewer answers than it has rows, is
 * asked again in halves, down to single rows, so that one bad row costs one answer and not five hundred.
 *
 * @param spare so many failures are still worth the narrowing; beyond them a refused batch counts as failed whole
 *
 * Cost: one request for a good batch, about 2 log2(rows) more for each bad row, no more than 2 × rows.
 */
export async function scoreNarrowing(
  scorer: Scorer,
  url: string,
  columns: readonly string[],
  rows: readonly Row[],
  spare: number,
): Promise<readonly (Answer | undefined)[]> {
  let failures = 0;

  async function ask(part: readonly Row[]): Promise<readonly (Answer | undefined)[]> {
    const answer = await scorer.score(url, columns, part);
    if (answer.outcome === 'answered' && answer.predictions.length === part.length) {
      failures += answer.predictions.filter((prediction) => prediction === undefined).length;
      return answer.predictions;
    }
    if (part.length === 1 || failures > spare) {
      failures += part.length;
      return part.map(() => undefined);
    }
    const middle = Math.ceil(part.length / 2);
    const first = await ask(part.slice(0, middle));
    return [...first, ...(await ask(part.slice(middle)))];
  }

  return ask(rows);
}
