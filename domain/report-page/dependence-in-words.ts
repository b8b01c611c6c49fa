import { sayShare } from '../report/say-number.ts';
import { isPrediction, type Moved } from './page.ts';

/** A tenth of the predictions' variance more or less is a lot. */
const aLot = 0.1;
const mostTold = 5;

/** Inputs that explain much more of the predictions than they did, or much less; the largest change first. */
export function dependenceInWords(columns: readonly Moved[]): string[] {
  return columns
    .flatMap((moved) => {
      const { explainsPredictions: now, explainsPredictionsInBaseline: before } = moved.statistics;
      return now === undefined || before === undefined || isPrediction(moved) ? [] : [{ column: moved.column, now, before }];
    })
    .filter(({ now, before }) => Math.abs(now - before) >= aLot)
    .sort((one, other) => Math.abs(other.now - other.before) - Math.abs(one.now - one.before))
    .slice(0, mostTold)
    .map(({ column, now, before }) => {
      const change = now > before ? 'predictions hang on it more than they did' : 'predictions hang on it less than they did';
      return `${column} explains ${sayShare(now)} of the predictions by itself (${sayShare(before)} before): ${change}.`;
    });
}
