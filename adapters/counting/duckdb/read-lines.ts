import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { own } from '../../../domain/identity/own.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { absent, type Batch, type Found, rowsPerBatch, type Values, type Wanted, wrongType } from './batch.ts';
import { codedTexts } from './coded-texts.ts';
import { idSeparator } from './id-separator.ts';
import { requireColumns } from './require-columns.ts';
import { requireDistinct } from './require-distinct.ts';
import { SegmentUnusable } from './segment-unusable.ts';

const millisecondsPerDay = 86_400_000;
const mostNames = 10_000;

type Fields = Readonly<Record<string, unknown>>;

interface Line {
  readonly record: Fields;
  readonly features: Fields;
}

/**
 * Reads a segment of JSON lines. A line that is no record is counted as malformed and passed over.
 *
 * @throws SegmentUnusable after the last row, where no row has a column that rows must have, or columns cannot be told apart
 */
export async function* readLines(rows: SegmentRows, wanted: readonly Wanted[], found: Found): AsyncGenerator<Batch> {
  const { segment, mapping } = rows;
  const names = new Set<string>();
  let lines: Line[] = [];
  for await (const line of linesOf(segment.path, mapping, found)) {
    if (found.features !== undefined) addNames(line.features, found.features);
    if (mapping.layout === 'flat') addNames(line.record, names);
    lines.push(line);
    if (lines.length === rowsPerBatch) {
      yield batchOf(lines, mapping, wanted);
      lines = [];
    }
  }
  if (lines.length > 0) yield batchOf(lines, mapping, wanted);
  if (names.size > 0) requireColumns(rows, [...names]);
  requireDistinct(segment.path, [...names]);
}

function addNames(features: Fields, names: Set<string>): void {
  for (const name in features) if (names.size < mostNames) names.add(name);
}

/** The records of a file, one a line. Empty lines are nothing. */
export async function* linesOf(path: string, mapping: RowMapping, found: Found): AsyncGenerator<Line> {
  const file = createReadStream(path);
  const opened = new Promise<void>((resolve, reject) => file.once('ready', resolve).once('error', reject));
  try {
    await opened;
  } catch (cause) {
    throw new SegmentUnusable(
      'gone',
      `${path} cannot be opened (${(cause as Error).message}). Put it back; it is counted when it is found again.`,
    );
  }
  for await (const text of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.trim() === '') continue;
    const line = parsed(text, mapping);
    if (line === undefined) found.malformed++;
    else yield line;
  }
}

function parsed(text: string, mapping: RowMapping): Line | undefined {
  try {
    const record: unknown = JSON.parse(text);
    if (!isFields(record)) return undefined;
    if (mapping.layout === 'flat') return { record, features: record };
    return isFields(record.features) ? { record, features: record.features } : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function batchOf(lines: readonly Line[], mapping: RowMapping, wanted: readonly Wanted[]): Batch {
  const { version, status } = mapping;
  const times = Float64Array.from(lines, ({ record }) => (mapping.time === undefined ? Number.NaN : instantOf(own(record, mapping.time))));
  return {
    rows: lines.length,
    ids: lines.map(({ record }) => idOf(record, mapping.id)),
    times,
    ...(version !== undefined && { versions: lines.map(({ record }) => textOf(own(record, version)) ?? null) }),
    ...(status !== undefined && { failed: Uint8Array.from(lines, ({ record }) => (Number(own(record, status)) >= 400 ? 1 : 0)) }),
    columns: wanted.map((column) => valuesOf(lines, mapping, column, times)),
  };
}

function idOf(record: Fields, columns: readonly string[]): string | null {
  const parts = columns.map((column) => textOf(own(record, column)));
  return parts.every((part) => typeof part === 'string' && part !== '') ? parts.join(idSeparator) : null;
}

/** Text without a zone is UTC. */
function instantOf(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  const hasZone = /([zZ]|[+-]\d\d(:?\d\d)?)$/.test(value) && value.length > 10;
  const iso = value.replace(' ', 'T');
  return Date.parse(hasZone || iso.length <= 10 ? iso : `${iso}Z`);
}

function valuesOf(lines: readonly Line[], mapping: RowMapping, wanted: Wanted, times: Float64Array): Values {
  const read = (line: Line) => {
    if (wanted.part === 'feature') return own(line.features, wanted.name);
    const column = mapping[wanted.part];
    return column === undefined ? undefined : own(line.record, column);
  };
  if (wanted.of === 'text') return { kind: 'numeric', values: Float64Array.from(lines, (line) => lengthOf(textOf(read(line)))) };
  if (wanted.of === 'time') return { kind: 'numeric', values: times.map((time, row) => ageOf(read(lines[row] as Line), time)) };
  return wanted.kind === 'numeric'
    ? { kind: 'numeric', values: Float64Array.from(lines, (line) => numberOf(read(line))) }
    : codedTexts(lines.map((line) => textOf(read(line))));
}

/** In characters, whatever their width. */
function lengthOf(text: string | null | undefined): number {
  if (text === undefined) return wrongType;
  return text === null ? absent : [...text].length;
}

/** Days from an instant to the row's. */
function ageOf(value: unknown, time: number): number {
  if (value === undefined || value === null || Number.isNaN(time)) return absent;
  const age = (time - instantOf(value)) / millisecondsPerDay;
  return Number.isNaN(age) ? wrongType : age;
}

function numberOf(value: unknown): number {
  if (value === undefined || value === null) return absent;
  return typeof value === 'number' ? value : wrongType;
}

function textOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? undefined : String(value);
}
