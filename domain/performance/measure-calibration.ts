import { smallestGroup } from '../drift/publishable-bars.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import { part } from '../ledger/parts.ts';
import { calibrationErrorOfEqualMass, calibrationErrorOfEqualWidth } from './metrics/calibration-error.ts';
import { sureAnswers } from './metrics/sure-answers.ts';

const calibrationBins = 10;

/** Whether scores mean what they say; nothing where a score is no probability. Of fewer than ten sure answers nothing is told. */
export function measureCalibration({ scores }: Pick<OutcomeCounts, 'scores'>): Record<string, number | undefined> {
  if (scores === undefined || scores.improbable !== 0) return {};
  const cells = { ...scores, scores: scores.sums.map((sum) => sum * part) };
  const sure = sureAnswers(cells);
  return {
    calibrationErrorOfEqualMass: calibrationErrorOfEqualMass(cells, calibrationBins),
    calibrationErrorOfEqualWidth: calibrationErrorOfEqualWidth(cells, calibrationBins),
    ...(sure && sure.rows >= smallestGroup && { sureAnswers: sure.sure, sureAnswersRight: sure.right }),
  };
}

/** The same of the days an anchor is made of. */
export function calibrationInBaseline(counts: Pick<OutcomeCounts, 'scores'>): Record<string, number> {
  const figures = Object.entries(measureCalibration(counts));
  return Object.fromEntries(figures.flatMap(([name, value]) => (value === undefined ? [] : [[`${name}InBaseline`, value]])));
}
