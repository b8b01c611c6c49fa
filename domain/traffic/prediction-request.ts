import type { EventTime } from '../identity/event-time.ts';
import { readInstant } from './instant.ts';
import { isRecord, type Reading, wrong } from './reading.ts';
import type { Features } from './record.ts';

/** Body of `POST /models/<model>/predict`. */
export interface PredictionRequest {
  readonly id?: string;
  /** Person, session or device: who always gets the same arm. */
  readonly unit?: string;
  readonly time?: EventTime;
  readonly features: Features;
}

/** Checks a parsed body: `{"id"?, "unit"?, "time"?, "features": {name: string | number | boolean | null}}`. Unknown keys are refused. */
export function readPredictionRequest(body: unknown): Reading<PredictionRequest> {
  if (!isRecord(body)) return wrong('not-an-object', 'the body is not a JSON object; send {"features": {…}}');
  const unknown = Object.keys(body).find((key) => !['id', 'unit', 'time', 'features'].includes(key));
  if (unknown !== undefined) return wrong('unknown-key', `"${unknown}" is not a key; known are id, unit, time and features`);
  const { id, unit, time, features } = body;
  if (id !== undefined && !isName(id)) return wrong('id', '"id" is not a text of 1 to 200 characters');
  if (unit !== undefined && !isName(unit)) return wrong('unit', '"unit" is not a text of 1 to 200 characters');
  const instant = readInstant(time);
  if (time !== undefined && instant === undefined)
    return wrong('time', '"time" is not an ISO 8601 instant with a zone, like 2011-04-18T00:00:00Z');
  if (!isRecord(features) || Object.keys(features).length === 0) return wrong('features', '"features" is not an object of named values');
  const odd = Object.entries(features).find(([, value]) => !isScalar(value));
  if (odd !== undefined) return wrong('features', `feature "${odd[0]}" is not a text, a finite number, true, false or null`);
  return {
    ok: true,
    value: {
      ...(id !== undefined && { id }),
      ...(unit !== undefined && { unit }),
      ...(instant !== undefined && { time: instant }),
      features: features as Features,
    },
  };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
