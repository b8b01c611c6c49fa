import { readFileSync } from 'node:fs';
import { median, standardDeviation } from 'simple-statistics';
import { adwin } from '../domain/statistics/adwin.ts';
import { changesIn } from '../domain/statistics/change-detector.ts';
import { eDetector } from '../domain/statistics/e-detector.ts';
import { sharedData } from '../test/shared-data.ts';

interface Hour {
  readonly at: number;
  readonly mean: number;
}

interface Incident {
  readonly from: number;
  readonly to: number;
}

const hour = 3_600_000;
const hoursOfWeek = 168;
/** Of each series: what the detectors may learn from, as the Numenta Anomaly Benchmark has it. */
const learnt = 0.15;

/** The same for every series: a loss is how far an hour's mean is from the usual, in standard deviations of what was learnt. */
const detectors = {
  'e-detector, one false alarm in 30 days': (past: readonly number[], losses: readonly number[]) =>
    changesIn(eDetector(past, 30 * 24), losses),
  'ADWIN, 0.002': (past: readonly number[], losses: readonly number[]) =>
    changesIn(
      adwin(0.002),
      [...past, ...losses].map((loss) => loss / 10),
    ).flatMap((place) => (place < past.length ? [] : [place - past.length])),
};

/**
 * Prints, for labelled incidents of real servers and sensors, how late each detector tells them and how often it tells of none. Hours
 * remember the ones before, so the e-detector's bound on false alarms does not hold for them.
 */
function main(folder: string): void {
  const incidents = JSON.parse(readFileSync(`${folder}/windows.json`, 'utf8')) as Record<string, [string, string][]>;
  for (const [name, detect] of Object.entries(detectors)) {
    console.log(`\n${name}`);
    console.log(
      `  ${'series'.padEnd(46)}${'incidents told'.padStart(16)}${'delay in hours'.padStart(18)}${'false alarms a week'.padStart(22)}`,
    );
    for (const [series, labelled] of Object.entries(incidents)) {
      const hours = hoursOf(readFileSync(`${folder}/${series}`, 'utf8'));
      const windows = labelled.map(([from, to]) => ({ from: timeOf(from), to: timeOf(to) }));
      const { told, delays, falseAWeek } = judge(hours, windows, detect);
      const cells = [`${told} of ${windows.length}`, delays.map((delay) => delay.toFixed(0)).join(', ') || '–', falseAWeek.toFixed(2)];
      console.log(`  ${series.padEnd(46)}${cells.map((cell, index) => cell.padStart([16, 18, 22][index] as number)).join('')}`);
    }
  }
}

function judge(hours: readonly Hour[], incidents: readonly Incident[], detect: (typeof detectors)[keyof typeof detectors]) {
  const known = Math.floor(learnt * hours.length);
  const past = hours.slice(0, known).map(({ mean }) => mean);
  const [usual, spread] = [median(past), standardDeviation(past) || 1];
  const losses = hours.map(({ mean }) => Math.abs(mean - usual) / spread);
  const alarms = detect(losses.slice(0, known), losses.slice(known)).map((place) => (hours[known + place] as Hour).at);
  const within = ({ from, to }: Incident) => alarms.filter((at) => at >= from && at <= to);
  const delays = incidents.flatMap((incident) =>
    within(incident)
      .slice(0, 1)
      .map((at) => (at - incident.from) / hour),
  );
  const falseAlarms = alarms.filter((at) => !incidents.some(({ from, to }) => at >= from && at <= to)).length;
  return { told: delays.length, delays, falseAWeek: falseAlarms / ((hours.length - known) / hoursOfWeek) };
}

function hoursOf(csv: string): Hour[] {
  const hours = new Map<number, number[]>();
  for (const line of csv.trim().split('\n').slice(1)) {
    const [time, value] = line.split(',') as [string, string];
    const at = Math.floor(timeOf(time) / hour) * hour;
    hours.set(at, [...(hours.get(at) ?? []), Number(value)]);
  }
  return [...hours].map(([at, values]) => ({ at, mean: values.reduce((sum, value) => sum + value, 0) / values.length }));
}

function timeOf(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
}

const windows = sharedData('nab/windows.json');
if (windows === undefined) console.log('Skipped: the labelled series are not here.');
else main(windows.slice(0, windows.lastIndexOf('/')));
