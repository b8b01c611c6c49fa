import type { ProbabilityCells } from './score-cells.ts';

/** About 90% sure. */
const sureFrom = 0.85;
const sureBelow = 0.95;

/**
 * Of the answers that are about 90% sure (85% up to, not with, 95%), how sure they are on the average, and what share of them was right. An
 * answer is the class that its score makes likelier than not, and as sure as that class is likely. A cell goes where its mean probability
 * does, as a whole.
 *
 * @returns undefined without such answers
 *
 * Cost O(cells).
 */
export function sureAnswers({ positives, negatives, scores }: ProbabilityCells): { rows: number; sure: number; right: number } | undefined {
  let [rows, sure, right] = [0, 0, 0];
  for (const [cell, sum] of scores.entries()) {
    const [positive, negative] = [positives[cell] as number, negatives[cell] as number];
    const count = positive + negative;
    if (count <= 0) continue;
    const said = sum >= count / 2 ? { sum, right: positive } : { sum: count - sum, right: negative };
    if (said.sum < sureFrom * count || said.sum >= sureBelow * count) continue;
    rows += count;
    sure += said.sum;
    right += said.right;
  }
  return rows === 0 ? undefined : { rows, sure: sure / rows, right: right / rows };
}
