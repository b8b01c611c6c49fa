import type { EventTime } from '../identity/event-time.ts';
import { readInstant } from './instant.ts';
import { isRecord, type Reading, wrong } from './reading.ts';

/** What a caller reports: the true label of an earlier prediction. */
export interface ReportedOutcome {
  readonly id: string;
  readonly label: string | number | boolean;
  /** When it became known. */
  readonly time?: EventTime;
}

/** Checks a parsed body: one outcome or an array of them. One bad element refuses them all, so that a repeat doubles nothing. */
export function readOutcomes(body: unknown): Reading<readonly ReportedOutcome[]> {
  const outcomes: ReportedOutcome[] = [];
  for (const [index, element] of (Array.isArray(body) ? body : [body]).entries()) {
    const outcome = readOutcome(element);
    if (!outcome.ok) return wrong(outcome.kind, `outcome ${index}: ${outcome.problem}; none was taken`);
    outcomes.push(outcome.value);
  }
  return { ok: true, value: outcomes };
}

function readOutcome(value: unknown): Reading<ReportedOutcome> {
  if (!isRecord(value)) return wrong('not-an-object', 'not a JSON object; send {"id": …, "label": …}');
  const { id, label, time } = value;
  if (typeof id !== 'string' || id === '' || id.length > 200) return wrong('id', '"id" is not a text of 1 to 200 characters');
  if (!isLabel(label)) return wrong('label', '"label" is not a text, a finite number, true or false');
  const instant = readInstant(time);
  if (time !== undefined && instant === undefined)
    return wrong('time', '"time" is not an ISO 8601 instant with a zone, like 2011-04-18T00:00:00Z');
  return { ok: true, value: { id, label, ...(instant !== undefined && { time: instant }) } };
}

function isLabel(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
