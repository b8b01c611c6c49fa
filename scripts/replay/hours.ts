import { readFileSync } from 'node:fs';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';

/** One recorded hour: what is known before it, and what came true. */
export interface Hour {
  readonly id: string;
  readonly time: EventTime;
  readonly features: Readonly<Record<string, number>>;
  readonly demand: number;
}

/** Reads the example's CSV, which has neither quotes nor empty cells. Ascending in time. */
export function readHours(path: string): readonly Hour[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = (header as string).split(',');
  return lines.map((line) => {
    const cells = Object.fromEntries(line.split(',').map((cell, at) => [names[at] as string, cell]));
    const { hour_id: id, time, demand, ...features } = cells;
    return {
      id: id as string,
      time: eventTime(time as string),
      features: Object.fromEntries(Object.entries(features).map(([name, value]) => [name, Number(value)])),
      demand: Number(demand),
    };
  });
}
