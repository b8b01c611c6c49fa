import type { Distribution } from '../drift/distribution.ts';
import { sayNumber, sayShare } from '../report/say-number.ts';
import { barsOf } from './bars-of.ts';

type Statistics = Readonly<Record<string, number>>;

/** A prediction or a score, as it was measured. */
interface Predicted {
  readonly column: string;
  readonly distribution?: Distribution;
  readonly statistics: Statistics;
}

/** Beyond so many deviations of earlier blocks a mean is customarily looked at. */
const unusual = 2;
const mostClasses = 6;

/** What predictions and scores did, one line for each: numbers by mean, first quartile, range and steadiness, classes by their shares. */
export function predictionsInWords(predicted: readonly Predicted[]): string[] {
  return predicted.flatMap(({ column, distribution, statistics }) => {
    const told = distribution?.kind === 'categorical' ? sayClasses(distribution) : sayNumbers(statistics);
    return told.length === 0 ? [] : [`${column}: ${told.join('; ')}.`];
  });
}

/** Whether scores mean what they say, on the rows whose outcomes are known; nothing where they are no probabilities. */
export function calibrationInWords(statistics: Statistics): string[] {
  const { calibrationErrorOfEqualMass: error, calibrationErrorOfEqualMassInBaseline: before, sureAnswers, sureAnswersRight } = statistics;
  if (error === undefined) return [];
  const { sureAnswersRightInBaseline: rightBefore } = statistics;
  const sure =
    sureAnswers === undefined || sureAnswersRight === undefined
      ? ''
      : `; of answers ${sayWhole(sureAnswers)} sure ${sayWhole(sureAnswersRight)} were right${sayBefore(rightBefore, sayWhole)}`;
  return [
    `Calibration: scores are off by ${sayNumber(error * 100)} points on the average${sayBefore(before, (value) => sayNumber(value * 100))}${sure}.`,
  ];
}

function sayNumbers(statistics: Statistics): string[] {
  const { mean, meanInBaseline, firstQuartile, firstQuartileInBaseline, blockMeansApartInSigmas } = statistics;
  const { shareAtOrBeyondRange: beyond, shareAtOrBeyondRangeInBaseline: beyondBefore } = statistics;
  const quartile =
    firstQuartile !== undefined && firstQuartileInBaseline !== undefined && firstQuartile < firstQuartileInBaseline
      ? 'first quartile down to'
      : 'first quartile';
  return [
    ...(mean === undefined ? [] : [`mean ${sayNumber(mean)}${sayBefore(meanInBaseline, sayNumber)}${sayDeviations(statistics)}`]),
    ...(firstQuartile === undefined ? [] : [`${quartile} ${sayNumber(firstQuartile)}${sayBefore(firstQuartileInBaseline, sayNumber)}`]),
    ...(beyond === undefined
      ? []
      : [`${sayShare(beyond)} at or beyond the range seen when the grid was cut${sayBefore(beyondBefore, sayShare)}`]),
    ...(blockMeansApartInSigmas === undefined ? [] : [`means of earlier blocks are ${sayNumber(blockMeansApartInSigmas)} sigma apart`]),
  ];
}

function sayDeviations({ meanInBlockDeviations: off }: Statistics): string {
  if (off === undefined) return '';
  const said = `, ${Math.abs(off).toFixed(1)} deviations of earlier blocks ${off < 0 ? 'lower' : 'higher'}`;
  return Math.abs(off) > unusual ? `${said} (beyond ${unusual} is unusual)` : said;
}

function sayClasses(distribution: Distribution): string[] {
  const bars = barsOf(distribution).slice(0, mostClasses);
  return bars.map(({ name, baseline, window }) => `${name} ${sayShare(window)}${sayBefore(baseline, sayShare)}`);
}

function sayBefore(value: number | undefined, say: (value: number) => string): string {
  return value === undefined ? '' : ` (${say(value)} before)`;
}

function sayWhole(share: number): string {
  return `${Math.round(share * 100)}%`;
}
