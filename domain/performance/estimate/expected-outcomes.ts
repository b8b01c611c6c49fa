import type { OutcomeCounts, ScoreCounts } from '../../ledger/entry.ts';
import { part } from '../../ledger/parts.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import { logLoss } from '../metrics/log-loss.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import type { Calibration } from './calibration.ts';
import { roundedAlong } from './rounded-along.ts';

/** Rows whose outcomes are not known: by cell of the score, and how many were predicted to be positive. */
export interface ScoredRows {
  readonly cells: Counts;
  readonly saidPositive: number;
}

/**
 * The outcomes these rows are to be expected to have if scores mean what they meant: counts like those of known outcomes, so that every
 * metric is measured of both alike. Positives are rounded along the cells, so that no more than one row is lost in all.
 *
 * Rows predicted to be positive are taken to be those of the highest scores. Without two classes there is no table of classes.
 *
 * Cost O(cells). Source: confidence-based performance estimation, as in NannyML's CBPE.
 */
export function expectedOutcomes({ cells, saidPositive }: ScoredRows, calibration: Calibration, scale: OutcomeScale): OutcomeCounts {
  const positives = roundedAlong(cells.map((rows, cell) => rows * (calibration.rates[cell] as number)));
  const negatives = cells.map((rows, cell) => rows - (positives[cell] as number));
  const table = tableOf(positives, negatives, saidPositive, scale);
  return { matched: total(cells), ...table, scores: { positives, negatives, ...lossesOf(cells, calibration) } };
}

function lossesOf(cells: Counts, { rates, scores }: Calibration): Omit<ScoreCounts, 'positives' | 'negatives'> {
  if (scores === undefined) return { improbable: total(cells), sums: cells.map(() => 0), logLoss: '0', squaredError: '0' };
  let nats = 0;
  let squares = 0;
  for (const [cell, rows] of cells.entries()) {
    const [rate, score] = [rates[cell] as number, scores[cell] as number];
    nats += rows * (rate * logLoss(score, true) + (1 - rate) * logLoss(score, false));
    squares += rows * (rate * (1 - score) ** 2 + (1 - rate) * score ** 2);
  }
  const sums = cells.map((rows, cell) => Math.round((rows * (scores[cell] as number)) / part));
  return { improbable: 0, sums, logLoss: whole(nats / part), squaredError: whole(squares / part ** 2) };
}

function whole(amount: number): string {
  return String(BigInt(Math.round(amount)));
}

function tableOf(
  positives: Counts,
  negatives: Counts,
  saidPositive: number,
  { classes, positive = '' }: OutcomeScale,
): Pick<OutcomeCounts, 'correct' | 'confusion'> {
  const place = classes.indexOf(positive);
  if (classes.length !== 2 || place < 0) return {};
  const { hits, falseAlarms } = saidAmong(positives, negatives, saidPositive);
  const [misses, passes] = [total(positives) - hits, total(negatives) - falseAlarms];
  const confusion = new Array<number>(12).fill(0);
  const other = 1 - place;
  confusion[4 * place + place] = hits;
  confusion[4 * place + other] = misses;
  confusion[4 * other + place] = falseAlarms;
  confusion[4 * other + other] = passes;
  return { correct: hits + passes, confusion };
}

/** Of the rows of the highest scores, those that are positive and those that are not; a cell is cut in proportion. */
export function saidAmong(positives: Counts, negatives: Counts, saidPositive: number): { hits: number; falseAlarms: number } {
  let left = saidPositive;
  let hits = 0;
  let falseAlarms = 0;
  for (let cell = positives.length - 1; cell >= 0 && left > 0; cell -= 1) {
    const rows = (positives[cell] as number) + (negatives[cell] as number);
    const taken = Math.min(left, rows);
    const own = rows === 0 ? 0 : Math.round((taken * (positives[cell] as number)) / rows);
    hits += own;
    falseAlarms += taken - own;
    left -= taken;
  }
  return { hits, falseAlarms };
}
