import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Store } from '../../../domain/store/store.port.ts';
import { dealDay, type PartName } from '../../../domain/training/deal-day.ts';
import type { Preparation, PreparationOrder, Preparing } from '../../../domain/training/preparation.port.ts';
import { Database } from '../../counting/duckdb/database.ts';
import { SegmentUnusable } from '../../counting/duckdb/segment-unusable.ts';
import { Slices } from '../../counting/duckdb/slices.ts';
import { identifier, literal } from '../../counting/duckdb/sql.ts';
import { type History, historyTable } from './history-table.ts';
import { castFeatures, type Feature, type FeatureTypes, labelTable, recordFeatures, recordTable } from './row-tables.ts';
import { unlabelledTable } from './unlabelled-table.ts';

type Prepared = Extract<Preparing, { outcome: 'pass' }>;

const parts: readonly PartName[] = ['train', 'validation', 'test'];

/**
 * Preparation by DuckDB into `prepared/<model>/<decision>/`: Parquet files and `prepared.json`, which appear together or not at
 * all. What is there is never made again.
 */
export function createDuckdbPreparation({ store, stateRoot }: { store: Store; stateRoot: string }): Preparation {
  const database = new Database(2);
  const slices = new Slices(database, store, join(stateRoot, 'slices'));
  return {
    async prepare(order) {
      const folder = join(stateRoot, 'prepared', order.model, order.decision);
      const made = await readPrepared(folder);
      if (made !== undefined) return made;
      const temporary = join(stateRoot, 'prepared', order.model, `.${order.decision}-${randomUUID()}`);
      await mkdir(temporary, { recursive: true });
      try {
        await database.connected((connection) => writeParts(connection, slices, order, temporary, folder));
        await rename(temporary, folder).catch(async (cause: unknown) => {
          if ((await readPrepared(folder)) === undefined) throw cause;
        });
        return (await readPrepared(folder)) as Prepared;
      } catch (cause) {
        if (cause instanceof SegmentUnusable) return { outcome: 'fail', says: cause.message };
        throw cause;
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
  };
}

async function readPrepared(folder: string): Promise<Prepared | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'prepared.json'), 'utf8')) as Prepared;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

async function writeParts(
  connection: DuckDBConnection,
  slices: Slices,
  order: PreparationOrder,
  temporary: string,
  folder: string,
): Promise<void> {
  const history = await historyTable(connection, order);
  const features = history === undefined ? await recordFeatures(connection, order) : history.features;
  await recordTable(connection, order, features);
  await labelTable(connection, order, slices);
  const columns = columnNames(order, features);
  const types = await widened(connection, features);
  await gather(connection, order, history, types);
  await deal(connection, order);

  const held = features.filter(({ name }) => ![columns.id, columns.time, columns.label].includes(name));
  const rows: Partial<Record<PartName, number>> = {};
  const contents: Partial<Record<PartName, string>> = {};
  const selected = [
    `__id AS ${identifier(columns.id)}`,
    `make_timestamp((__time * 1000)::BIGINT) AS ${identifier(columns.time)}`,
    ...held.map(({ name }) => identifier(name)),
  ];
  const labelled = [...selected, `__label AS ${identifier(columns.label)}`, `1.0::DOUBLE AS ${identifier(columns.weight)}`].join(', ');
  for (const part of parts) {
    const written = await write(
      connection,
      `SELECT ${labelled} FROM rows JOIN dealt USING (__day) WHERE part = ${literal(part)}`,
      join(temporary, `${part}.parquet`),
    );
    rows[part] = written.rows;
    contents[part] = written.content;
  }
  await unlabelledTable(connection, order, types);
  const unlabelled = await write(connection, `SELECT ${selected.join(', ')} FROM unlabelled`, join(temporary, 'unlabelled.parquet'));
  const files = Object.fromEntries(parts.map((part) => [part, join(folder, `${part}.parquet`)])) as Record<PartName, string>;
  const data = {
    files,
    contents: contents as Record<PartName, string>,
    rows: rows as Record<PartName, number>,
    ...(unlabelled.rows > 0 && { unlabelled: { file: join(folder, 'unlabelled.parquet'), ...unlabelled } }),
    columns,
  };
  await writeFile(join(temporary, 'prepared.json'), JSON.stringify({ outcome: 'pass', data } satisfies Prepared));
}

/** In the order of time, then id. */
async function write(connection: DuckDBConnection, sql: string, path: string): Promise<{ rows: number; content: string }> {
  await connection.run(`COPY (${sql} ORDER BY __time, __id) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  const content = createHash('sha256').update(await readFile(path));
  return { rows: Number(counted.getRows()[0]?.[0]), content: content.digest('hex') };
}

/** Columns keep the names the user gave them, the history's first. */
function columnNames(
  { history, predictions, outcomes, query }: PreparationOrder,
  features: readonly Feature[],
): Prepared['data']['columns'] {
  const id = history?.id ?? predictions[0]?.mapping.id ?? ['id'];
  const names = features.map(({ name }) => name).filter((name) => !query?.includes(name));
  return {
    id: id.length === 1 ? (id[0] as string) : 'record_id',
    time: history?.time ?? predictions[0]?.mapping.time ?? 'time',
    label: history?.label ?? outcomes[0]?.mapping.label ?? 'label',
    weight: names.includes('weight') ? 'anchorwatch_weight' : 'weight',
    features: names,
    ...(query && { query }),
  };
}

/**
 * `rows(__id, __time, __day, __label, features…)`: labelled records in the window, and the history's rows of other ids. Records take
 * the history's types; a whole-number column of the history becomes DOUBLE where records hold fractions.
 */
async function gather(
  connection: DuckDBConnection,
  { window, outcomes, absent }: PreparationOrder,
  history: History | undefined,
  types: FeatureTypes,
): Promise<void> {
  const label = history?.label ?? (outcomes[0]?.answers === 'categorical' ? 'VARCHAR' : 'DOUBLE');
  const inWindow = `__time >= ${Date.parse(window.from)} AND __time < ${Date.parse(window.to)}`;
  const records = castFeatures('TRY_CAST', types);
  const former = castFeatures('CAST', types);
  const known = `coalesce(TRY_CAST(number AS ${label}), TRY_CAST(text AS ${label}))`;
  const given =
    absent === undefined ? known : `CASE WHEN labels.__id IS NULL THEN ${literal(String(absent.means))}::${label} ELSE ${known} END`;
  const matured = absent === undefined ? inWindow : `${inWindow} AND __time < ${Date.parse(absent.maturedTo)}`;
  await connection.run(`CREATE TEMP TABLE labelled AS
    SELECT ${['made.__id', '__time', `${given} AS __label`, ...records].join(', ')}
    FROM (SELECT * FROM records WHERE __id IS NOT NULL AND ${matured} QUALIFY row_number() OVER (PARTITION BY __id ORDER BY place, __time) = 1) made
    ${absent === undefined ? '' : 'LEFT'} JOIN labels USING (__id)`);
  const fromHistory = `UNION ALL BY NAME SELECT ${['__id', '__time', '__label', ...former].join(', ')} FROM history ANTI JOIN labelled USING (__id)
    WHERE __id IS NOT NULL AND ${inWindow} QUALIFY row_number() OVER (PARTITION BY __id ORDER BY __time) = 1`;
  await connection.run(`CREATE TEMP TABLE rows AS SELECT *, strftime(make_timestamp((__time * 1000)::BIGINT), '%Y-%m-%d') AS __day
    FROM (SELECT * FROM labelled ${history === undefined ? '' : fromHistory}) WHERE __label IS NOT NULL`);
}

async function widened(connection: DuckDBConnection, features: readonly Feature[]): Promise<FeatureTypes> {
  const types = new Map(features.map(({ name, type }) => [name, type]));
  const whole = features.filter(({ type }) => /INT/.test(type)).map(({ name }) => name);
  if (whole.length === 0) return types;
  const tests = whole.map((name) => `bool_or(TRY_CAST(${identifier(name)} AS DOUBLE) <> round(TRY_CAST(${identifier(name)} AS DOUBLE)))`);
  const answers = (await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM records`)).getRows()[0] ?? [];
  for (const [index, name] of whole.entries()) if (answers[index] === true) types.set(name, 'DOUBLE');
  return types;
}

/** `dealt(__day, part)`: whole days. */
async function deal(connection: DuckDBConnection, { split }: PreparationOrder): Promise<void> {
  await connection.run('CREATE TEMP TABLE dealt (__day VARCHAR, part VARCHAR)');
  const days = (await connection.runAndReadAll('SELECT DISTINCT __day FROM rows ORDER BY __day')).getRows().map(([day]) => String(day));
  if (days.length === 0) return;
  const values = days.map((day) => `(${literal(day)}, ${literal(dealDay(day, split))})`);
  await connection.run(`INSERT INTO dealt VALUES ${values.join(', ')}`);
}
