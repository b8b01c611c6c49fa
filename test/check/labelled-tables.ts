import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import type { Row } from './tables.ts';

export interface LabelledWorld {
  readonly firstDay?: number;
  readonly days?: number;
  /** Chance that a label has nothing to do with the score: 0 is a model as good as can be. */
  readonly broken?: number;
  /** Sigmas by which amounts are larger. */
  readonly shift?: number;
}

/** Orders with the score of a return, the predicted class and what became of it. The same seed gives the same rows. */
export function orders(seed: number, rows: number, { firstDay = 0, days = 20, broken = 0, shift = 0 }: LabelledWorld = {}): Row[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, (_, row) => {
    const day = Math.floor((row * days) / rows);
    const score = Math.round(100 * random()) / 100;
    const spread = random() + random() + random();
    const fate = random() < broken ? 0.5 : score;
    return {
      order_id: `${seed}-${row}`,
      at: new Date(Date.UTC(2024, 0, 1 + firstDay + day, 12)).toISOString(),
      amount: Number((50 + 20 * (spread + 0.5 * shift)).toFixed(2)),
      channel: random() < 0.6 ? 'shop' : 'web',
      p_return: score,
      predicted: score >= 0.5 ? '1' : '0',
      returned: random() < fate ? '1' : '0',
    };
  });
}

/** A policy of such a table; `more` are further lines of YAML. */
export function orderPolicy(more = '', outcomes = '', metric = 'rocAuc'): string {
  return `model: returns
task: {kind: classification, positive: "1"}
sources:
  predictions: {files: "*.csv", id: order_id, time: at, prediction: predicted, score: p_return}
  outcomes: {files: "outcomes/*.csv", id: order_id, label: returned${outcomes}}
performance: {metric: ${metric}, drop: 5% relative}
${more}`;
}
