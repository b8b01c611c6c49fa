import { isTimezone } from '../../domain/calendar/wall-time.ts';
import { isModelName, type ModelName } from '../../domain/identity/names.ts';
import type { RangeOfColumn } from '../../domain/policy/dimension.ts';
import type { Drop, SecretName } from '../../domain/policy/policy.ts';

/** Why a written value cannot be taken, and what to write instead. */
export class Unreadable {
  readonly says: string;
  readonly remedy: string;

  constructor(says: string, remedy: string) {
    this.says = says;
    this.remedy = remedy;
  }
}

const secondsPer = { s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const durations = /^(\d+(?:\.\d+)?) ?(s|min|h|d|w)$/;

/** `30 min`, `6h`, `7d`, `12w` in seconds. */
export function durationSeconds(written: unknown): number | Unreadable {
  const [, amount, unit] = (typeof written === 'string' && durations.exec(written.trim())) || [];
  const seconds = Number(amount) * secondsPer[unit as keyof typeof secondsPer];
  if (seconds > 0) return seconds;
  return new Unreadable(`${shown(written)} is not a duration`, 'Write a number above zero and a unit: 30 min, 6h, 7d or 12w.');
}

/** A duration in days, fractions allowed. */
export function durationDays(written: unknown): number | Unreadable {
  return scaled(durationSeconds(written), 86_400);
}

/** A duration in hours. */
export function durationHours(written: unknown): number | Unreadable {
  return scaled(durationSeconds(written), 3600);
}

/** An IANA time zone. */
export function timezone(written: unknown): string | Unreadable {
  if (typeof written === 'string' && isTimezone(written)) return written;
  return new Unreadable(`${shown(written)} is no time zone`, 'Write UTC or a name of the IANA database, such as Europe/Paris.');
}

const schedules = { daily: 1, weekly: 7, monthly: 30, quarterly: 91 } as const;

/** `daily`, `weekly`, `monthly` (30 days), `quarterly` (91 days) or a duration, in days. */
export function intervalDays(written: unknown): number | Unreadable {
  const named = schedules[written as keyof typeof schedules];
  if (named !== undefined) return named;
  const days = durationDays(written);
  if (typeof days === 'number') return days;
  return new Unreadable(`${shown(written)} is not a schedule`, 'Write daily, weekly, monthly, quarterly or a duration such as 45d.');
}

/** `5%` as a share of 0…1, above zero. */
export function share(written: unknown): number | Unreadable {
  const percent = typeof written === 'string' ? /^(\d+(?:\.\d+)?) ?%$/.exec(written.trim())?.[1] : undefined;
  if (percent !== undefined && Number(percent) > 0 && Number(percent) <= 100) return percentage(percent);
  const remedy =
    typeof written === 'number'
      ? `Write it with its sign: ${written <= 1 ? percentText(written) : written}%.`
      : 'Write a percentage above 0% and up to 100%, such as 5%.';
  return new Unreadable(`${shown(written)} is not a percentage`, remedy);
}

/** `3% relative` or `3 points`. Points are as written: percentage points for a share, its own unit for an error. */
export function drop(written: unknown): Drop | Unreadable {
  const text = typeof written === 'string' ? written.trim() : '';
  const relative = /^(\d+(?:\.\d+)?) ?% relative$/.exec(text)?.[1];
  if (relative !== undefined) return { by: percentage(relative), of: 'relative' };
  const points = /^(\d+(?:\.\d+)?) ?points?$/.exec(text)?.[1];
  if (points !== undefined) return { by: Number(points), of: 'points' };

  const bare = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1] ?? (typeof written === 'number' ? String(written) : undefined);
  if (bare === undefined) {
    return new Unreadable(
      `${shown(written)} does not say how much worse is too much`,
      'Write "3% relative" (0.90 → 0.873) or "3 points" (0.90 → 0.87).',
    );
  }
  const amount = Number(bare);
  const examples = [0.9 * (1 - amount / 100), 0.9 - amount / 100].map((value) => Number(value.toFixed(4)));
  return new Unreadable(
    `${shown(written)} can mean two things for a share`,
    `Write "${bare}% relative" (0.90 → ${examples[0]}) or "${bare} points" (0.90 → ${examples[1]?.toFixed(2)}).`,
  );
}

/** `2 per 30d`: how many in how many days. */
export function rate(written: unknown): { atMost: number; perDays: number } | Unreadable {
  const [, atMost, per] = (typeof written === 'string' && /^(\d+) per (.+)$/.exec(written.trim())) || [];
  const perDays = durationDays(per);
  if (Number(atMost) >= 1 && typeof perDays === 'number') return { atMost: Number(atMost), perDays };
  return new Unreadable(`${shown(written)} is not so many in so long`, 'Write for example "2 per 30d".');
}

/** `60/20/20` in shares that sum to 1. */
export function split(written: unknown): { train: number; validation: number; test: number } | Unreadable {
  const parts = typeof written === 'string' ? written.trim().split('/').map(Number) : [];
  const [train, validation, test] = parts;
  const shape = 'Write train/validation/test in percent, such as 60/20/20.';
  if (train === undefined || validation === undefined || test === undefined || parts.length !== 3 || !parts.every((part) => part > 0)) {
    return new Unreadable(`${shown(written)} is not a split of rows`, shape);
  }
  const sum = train + validation + test;
  if (Math.abs(sum - 100) > 1e-9) return new Unreadable(`${shown(written)} sums to ${sum}, not to 100`, shape);
  return { train: train / 100, validation: validation / 100, test: test / 100 };
}

const crons = { hourly: '0 * * * *', daily: '0 3 * * *', weekly: '0 3 * * 1' } as const;
const cronField = /^(\*|\d{1,2}(-\d{1,2})?)(\/\d{1,2})?(,(\*|\d{1,2}(-\d{1,2})?)(\/\d{1,2})?)*$/;

/** `hourly`, `daily` (03:00), `weekly` (Monday 03:00) or a cron expression of five numeric fields; all in UTC. */
export function cron(written: unknown): string | Unreadable {
  const named = crons[written as keyof typeof crons];
  if (named !== undefined) return named;
  const fields = typeof written === 'string' ? written.trim().split(/\s+/) : [];
  const highest = [59, 23, 31, 12, 7];
  const fits =
    fields.length === 5 &&
    fields.every((field, index) => cronField.test(field) && numbersIn(field).every((n) => n <= (highest[index] as number)));
  if (fits) return fields.join(' ');
  return new Unreadable(
    `${shown(written)} is not a schedule`,
    'Write hourly, daily, weekly or a cron expression in UTC such as "0 3 * * 1".',
  );
}

/** `0.2 sigma` as a number of the baseline's standard deviations. */
export function sigmas(written: unknown): number | Unreadable {
  const amount = typeof written === 'string' ? /^(\d+(?:\.\d+)?) ?sigmas?$/.exec(written.trim())?.[1] : undefined;
  if (Number(amount) > 0) return Number(amount);
  return new Unreadable(`${shown(written)} is not a distance`, 'Write it in standard deviations of the baseline, such as 0.2 sigma.');
}

/** `[0, 120]`: smallest and largest. */
export function extent(written: unknown): readonly [number, number] | Unreadable {
  const [low, high] = Array.isArray(written) && written.length === 2 ? written : [];
  if (Number.isFinite(low) && Number.isFinite(high) && low <= high) return [low, high];
  return new Unreadable(`${shown(written)} is not a range`, 'Write the smallest and the largest sound value, such as [0, 120].');
}

const ranges = /^(?:([^<>]+?)\s*(<=?)\s*)?([^<>=]+?)\s*(<=?|>=?)\s*([^<>=]+)$/;
const bounds = { '<': 'below', '<=': 'upTo', '>': 'above', '>=': 'from' } as const;

/** `tenure < 30`, `18 <= age < 30`; `first_seen < 30d`: how long before the event the column's instant lies, in days. */
export function range(written: unknown): Omit<RangeOfColumn, 'name'> | Unreadable {
  const [, low, beyond, column, sign, end] = (typeof written === 'string' && ranges.exec(written.trim())) || [];
  const remedy =
    'Write a list of values, [free, pro]; a range of a number, "tenure < 30" or "18 <= age < 30"; or of an age, "first_seen < 30d".';
  const wrong = new Unreadable(`${shown(written)} does not say which rows`, remedy);
  if (column === undefined || end === undefined || (low !== undefined && sign?.startsWith('>'))) return wrong;
  const ends = [...(low === undefined ? [] : [low]), end];
  const by = ends.every((text) => durations.test(text.trim())) ? 'age' : 'range';
  const [first, last] = ends.map((text) => (by === 'age' ? durationDays(text) : boundary(text)));
  if (typeof first !== 'number' || (low !== undefined && typeof last !== 'number')) return wrong;
  if (low === undefined) return { by, column, [bounds[sign as keyof typeof bounds]]: first };
  if (first >= (last as number)) return new Unreadable(`${shown(written)} holds no number`, 'Write the smaller bound first.');
  return { by, column, [beyond === '<' ? 'above' : 'from']: first, [bounds[sign as keyof typeof bounds]]: last as number };
}

function boundary(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export function modelName(written: unknown): ModelName | Unreadable {
  if (typeof written === 'string' && isModelName(written)) return written;
  return new Unreadable(
    `${shown(written)} is not a model name`,
    'Write up to 40 small letters, digits and hyphens, a letter first: bike-demand.',
  );
}

export function secretName(written: unknown): SecretName | Unreadable {
  if (typeof written === 'string' && /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/.test(written)) return written as SecretName;
  return new Unreadable(
    'this is not the name of a secret',
    'Write where it is to be found: env:NAME or file:PATH. Never the secret itself.',
  );
}

export function text(written: unknown): string | Unreadable {
  if (typeof written === 'string' && written.trim() !== '') return written;
  return new Unreadable(`${shown(written)} is not text`, 'Write some text; put a number or a yes/no in quotes.');
}

export function numberAbove(least: number): (written: unknown) => number | Unreadable {
  return (written) => {
    if (typeof written === 'number' && Number.isFinite(written) && written > least) return written;
    return new Unreadable(`${shown(written)} is not a number above ${least}`, `Write a number above ${least}.`);
  };
}

export function numberFrom(least: number): (written: unknown) => number | Unreadable {
  return (written) => {
    if (typeof written === 'number' && Number.isFinite(written) && written >= least) return written;
    return new Unreadable(`${shown(written)} is not a number from ${least} up`, `Write a number, ${least} or more.`);
  };
}

export function wholeNumber(written: unknown): number | Unreadable {
  if (Number.isSafeInteger(written) && (written as number) >= 1) return written as number;
  return new Unreadable(`${shown(written)} is not a whole number`, 'Write a whole number, 1 or more.');
}

/** Whole numbers from 0 on. */
export function noneUpTo(most: number): (written: unknown) => number | Unreadable {
  return (written) => {
    if (Number.isSafeInteger(written) && (written as number) >= 0 && (written as number) <= most) return written as number;
    return new Unreadable(
      `${shown(written)} is not a whole number from 0 to ${most}`,
      `Write a whole number from 0 to ${most}; 0 is none.`,
    );
  };
}

export function upTo(most: number): (written: unknown) => number | Unreadable {
  return (written) => {
    const number = wholeNumber(written);
    if (number instanceof Unreadable || number <= most) return number;
    return new Unreadable(`${number} is more than ${most}`, `Write a whole number from 1 to ${most}.`);
  };
}

/** A quoted value in a message, short enough for a line. */
export function shown(written: unknown): string {
  const said = typeof written === 'string' ? written : (JSON.stringify(written) ?? 'nothing');
  return said.length > 40 ? `${said.slice(0, 37)}…` : said === '' ? 'an empty text' : said;
}

function scaled(seconds: number | Unreadable, by: number): number | Unreadable {
  return typeof seconds === 'number' ? seconds / by : seconds;
}

/** Of percent in decimal text, without the crumbs of binary division. */
function percentage(percent: string): number {
  return Number((Number(percent) / 100).toPrecision(12));
}

function percentText(part: number): string {
  return String(Number((part * 100).toPrecision(12)));
}

function numbersIn(field: string): number[] {
  return (field.match(/\d+/g) ?? []).map(Number);
}
