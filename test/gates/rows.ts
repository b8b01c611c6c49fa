import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

export const asOf: EventTime = eventTime('2011-05-09T03:00:00Z');

/** Hourly rows of so many whole days before `asOf`; what a version answers is given by how far it is off in each row. */
export function hourlyRows(days: number, off: (row: number, day: number) => number): readonly ScoredRow[] {
  const first = Date.parse('2011-05-09T00:00:00Z') - days * 86_400_000;
  return Array.from({ length: 24 * days }, (_, row) => {
    const label = 100 + 50 * Math.sin(row / 4);
    return {
      id: `r${row}`,
      timeMilliseconds: first + row * 3_600_000,
      label,
      prediction: label + off(row, Math.floor(row / 24)),
    };
  });
}

/** Standard normal numbers, the same for the same seed. */
export function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Errors as models have them: some days are harder than others, and rows differ. */
export function noisyErrors(seed: number, size: number): (row: number, day: number) => number {
  const normal = normals(seed);
  const hardness: number[] = [];
  return (_, day) => {
    hardness[day] ??= Math.exp(0.3 * normal());
    return size * (hardness[day] as number) * normal();
  };
}

/** Rows of so many days of which about one in five is positive; with skill 1 the score tells which, with 0 it tells nothing. */
export function scoredRows(seed: number, days: number, skill: number): readonly ScoredRow[] {
  const [truths, noise] = [seededRandom(11), seededRandom(seed)];
  return hourlyRows(days, () => 0).map((row) => {
    const truth = truths() ** 4;
    const score = skill * truth + (1 - skill) * noise();
    return { ...row, label: truths() < truth ? 1 : 0, prediction: score > 0.4 ? 1 : 0, score };
  });
}
