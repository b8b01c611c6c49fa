import { readFileSync } from 'node:fs';
import { median, standardDeviation } from 'simple-statistics';
import { adwin } from '../domain/statistics/adwin.ts';
import { changesIn } from '../domain/statistics/change-detector.ts';
import { eDetector } from '../domain/statistics/e-detector.ts';
import { seededRandom } from '../domain/statistics/seeded-random.ts';
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

/** Places among the losses at which it alarms. */
type Detector = (past: readonly number[], losses: readonly number[]) => number[];

const heldToIt: Detector = (past, losses) => changesIn(eDetector(past, 30 * 24), losses);

/** The same for every series: a loss is how far an hour's mean is from the usual, in standard deviations of what was learnt. */
const detectors: Readonly<Record<string, Detector>> = {
  'e-detector, one false alarm in 30 days': heldToIt,
  'ADWIN, 0.002': (past, losses) =>
    changesIn(
      adwin(0.002),
      [...past, ...losses].map((loss) => loss / 10),
    ).flatMap((place) => (place < past.length ? [] : [place - past.length])),
};

/** The e-detector is held to it: by chance alone it would tell as many incidents this often at most. */
const chance = 0.05;
const shifts = 1000;

/**
 * Prints, for labelled incidents of real servers and sensors, how late each detector tells them, how often it tells of none, and how often
 * chance would tell as many: each series' alarms are moved round its time, so that incidents are as long and alarms as bunched as before, and
 * only what they have to do with each other is gone. Exits with 1 when the e-detector tells no more than that, or a series is lacking.
 *
 * Hours remember the ones before, so the e-detector's bound on false alarms does not hold for them: how many there are is told, not judged.
 */
function main(folder: string): void {
  const incidents = JSON.parse(readFileSync(`${folder}/windows.json`, 'utf8')) as Record<string, [string, string][]>;
  for (const [name, detect] of Object.entries(detectors)) {
    console.log(`\n${name}`);
    console.log(row('series', 'incidents told', 'delay in hours', 'false alarms a week'));
    const judged = Object.entries(incidents).map(([series, labelled]) => {
      const watched = watch(hoursOf(readFileSync(`${folder}/${series}`, 'utf8')), labelled.map(toIncident), detect);
      const { told, delays, falseAWeek } = judge(watched);
      const delay = delays.map((hours) => hours.toFixed(0)).join(', ') || '–';
      console.log(row(series, `${told} of ${labelled.length}`, delay, falseAWeek.toFixed(2)));
      return watched;
    });
    const random = seededRandom(20_151_108);
    const told = toldOf(judged, () => 0);
    const byChance = Array.from({ length: shifts - 1 }, () => toldOf(judged, random));
    const p = (1 + byChance.filter((moved) => moved >= told).length) / shifts;
    const usual = byChance.reduce((sum, moved) => sum + moved, 0) / byChance.length;
    const of = judged.reduce((sum, { incidents }) => sum + incidents.length, 0);
    console.log(row('all', `${told} of ${of}`, '', ''));
    console.log(`  By chance alone such alarms fall on ${usual.toFixed(1)} of ${of}, on ${told} or more in ${(100 * p).toFixed(1)}%.`);
    if (detect === heldToIt && p > chance) {
      console.error(`The e-detector tells no more incidents than chance would: p = ${p}, at most ${chance} is asked.`);
      process.exitCode = 1;
    }
  }
}

function row(series: string, ...cells: readonly [string, string, string]): string {
  return `  ${series.padEnd(46)}${cells.map((cell, index) => cell.padStart([16, 18, 22][index] as number)).join('')}`;
}

function toIncident([from, to]: [string, string]): Incident {
  return { from: timeOf(from), to: timeOf(to) };
}

/** What a detector said of a series' hours after those it learnt from. */
interface Watched {
  readonly hours: readonly Hour[];
  /** Places of alarms in the hours. */
  readonly alarms: readonly number[];
  readonly incidents: readonly Incident[];
}

function watch(all: readonly Hour[], incidents: readonly Incident[], detect: Detector): Watched {
  const known = Math.floor(learnt * all.length);
  const past = all.slice(0, known).map(({ mean }) => mean);
  const [usual, spread] = [median(past), standardDeviation(past) || 1];
  const losses = all.map(({ mean }) => Math.abs(mean - usual) / spread);
  return { hours: all.slice(known), alarms: detect(losses.slice(0, known), losses.slice(known)), incidents };
}

/** @param moved share of the series by which its alarms are moved, those at the end to its beginning */
function judge({ hours, alarms, incidents }: Watched, moved = 0) {
  const by = Math.round(moved * hours.length);
  const at = alarms.map((place) => (hours[(place + by) % hours.length] as Hour).at).sort((one, other) => one - other);
  const isWithin = (time: number) => (incident: Incident) => time >= incident.from && time <= incident.to;
  const delays = incidents.flatMap((incident) => {
    const first = at.find((time) => isWithin(time)(incident));
    return first === undefined ? [] : [(first - incident.from) / hour];
  });
  const falseAlarms = at.filter((time) => !incidents.some(isWithin(time))).length;
  return { told: delays.length, delays, falseAWeek: falseAlarms / (hours.length / hoursOfWeek) };
}

function toldOf(series: readonly Watched[], moved: () => number): number {
  return series.reduce((sum, watched) => sum + judge(watched, moved()).told, 0);
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
if (windows === undefined) {
  console.error('Nothing was measured: the labelled series are not here.');
  process.exitCode = 1;
} else main(windows.slice(0, windows.lastIndexOf('/')));
