import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../empty-folder.ts';

interface Hour {
  readonly day: string;
  readonly hour: string;
  /** Hour of the day, and whether people work. */
  readonly kind: string;
  readonly temp: string;
  readonly hum: string;
  readonly demand: number;
}

/**
 * Real demand for bikes (Fanaee-T & Gama 2013) until April 2011, predicted by the mean demand of such hours on the odd days of the first
 * quarter, on all other days: a file of predictions a day, and one of outcomes, known the day after.
 *
 * @returns folder of the policy
 */
export function earlyBikes(path: string): string {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const hours = lines.map(toHour).filter(({ day }) => day < '2011-05-01');
  const learnt = new Map<string, number[]>();
  for (const { kind, demand } of hours.filter(isLearnt)) learnt.set(kind, [...(learnt.get(kind) ?? []), demand]);
  const predicted = (kind: string) => (learnt.get(kind) ?? []).reduce((sum, demand, _, { length }) => sum + demand / length, 0);

  const folder = emptyFolder();
  for (const name of ['predictions', 'outcomes']) mkdirSync(join(folder, name));
  const others = hours.filter((hour) => !isLearnt(hour));
  for (const day of new Set(others.map((other) => other.day))) {
    const rows = others.filter((other) => other.day === day);
    const known = new Date(Date.parse(day) + 86_400_000).toISOString();
    const predictions = rows.map(
      ({ hour, kind, temp, hum }) => `${day}/${hour},${day}T${hour.padStart(2, '0')}:00:00Z,${temp},${hum},${predicted(kind)}\n`,
    );
    const outcomes = rows.map(({ hour, demand }) => `${day}/${hour},${demand},${known}\n`);
    writeFileSync(join(folder, 'predictions', `${day}.csv`), `id,at,temp,hum,predicted\n${predictions.join('')}`);
    writeFileSync(join(folder, 'outcomes', `${day}.csv`), `id,demand,known\n${outcomes.join('')}`);
  }
  writeFileSync(join(folder, 'anchorwatch.yaml'), policy);
  return folder;
}

function toHour(line: string): Hour {
  const cells = line.split(',') as string[];
  const [, day, , , , hour, , , workingday, , temp, , hum] = cells as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { day, hour, kind: `${hour}/${workingday}`, temp, hum, demand: Number(cells[16]) };
}

function isLearnt({ day }: Hour): boolean {
  return day < '2011-04-01' && Number(day.slice(-2)) % 2 === 1;
}

const policy = `model: early-bikes
task: regression
sources:
  predictions: { files: "predictions/*.csv", id: id, time: at, prediction: predicted }
  outcomes: { files: "outcomes/*.csv", id: id, label: demand, knownAt: known, maturesAfter: 1d }
baseline: { window: 78d }
watch: { effects: { wasserstein: 2 sigma, kolmogorovSmirnov: 0.6 } }
performance: { metric: mae, drop: 20% relative, sudden: 50% relative }
retrain: { triggers: [performance, change] }
`;
