import type { DuckDBConnection } from '@duckdb/node-api';
import { withColumnsOfRows } from '../../../domain/ledger/columns-of-rows.ts';
import type { Counted, CountOrder } from '../../../domain/ledger/counting.port.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { isRelevance } from '../../../domain/ledger/is-relevance.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { Answer, OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import { wantedAnswers } from './add-answers.ts';
import { Anomalies } from './anomalies.ts';
import { answerOf } from './answer-of.ts';
import { type Found, type Values, type Wanted, wantedOfGrid } from './batch.ts';
import { RowCount } from './count-rows.ts';
import type { Database } from './database.ts';
import { heldOutQueries } from './held-out-queries.ts';
import { wantedOf } from './leaf-finder.ts';
import { notFeatures } from './not-features.ts';
import { meetOutcomes, meetPredictions } from './pair-outcomes.ts';
import { type ChangedQueries, changeQueries, type QueryOrder } from './pair-queries.ts';
import { partitionNames } from './partition-names.ts';
import { predictedBefore } from './predicted-before.ts';
import { readRows } from './read-rows.ts';
import type { Slices } from './slices.ts';
import { literal } from './sql.ts';

/**
 * Counts one segment on a grid and joins it to the segments before it.
 *
 * Predictions: cells, and the outcomes that were waiting for them. Outcomes: how the predictions they belong to did. Held-out rows: both, where they
 * have labels.
 *
 * @throws SegmentUnusable when the file cannot be read as a whole
 */
export async function countSegment(database: Database, slices: Slices, order: CountOrder): Promise<Counted> {
  switch (order.segment.holds) {
    case 'predictions':
      return countPredictions(database, slices, order);
    case 'outcomes':
      return countOutcomes(database, slices, order);
    case 'held-out':
      return countHeldOut(database, order);
  }
}

async function countPredictions(database: Database, slices: Slices, order: CountOrder): Promise<Counted> {
  const [predictions, outcomes] = await slicesBefore(slices, order);
  const own = await slices.pathOf(order, order.grid);
  const skip =
    own === undefined ? new Set<string>() : await database.connected((connection) => predictedBefore(connection, own, predictions.paths));
  const count = new RowCount(order.grid, order.segment.version, skip, undefined, partitionNames(order));
  const features = await database.connected((connection) => addRows(connection, order, gridColumns(order), count));
  if (order.segment.late) count.anomalies.note('late', count.rows);
  const others = new Set(notFeatures(order.mapping));
  const partitions = withColumnsOfRows(count.partitions(), order.grid, features, (name) => !others.has(name));
  if (own === undefined) return counted(count, partitions);

  const slots = {
    own,
    predictions: predictions.paths,
    outcomes: outcomes.paths,
    makeSum: sumsOf(order),
    scored: order.positive !== undefined,
    absent: order.absent,
    grid: order.grid,
    hasCells: order.awaitsOutcomes === true,
  };
  const pairs = await database.connected((connection) => meetOutcomes(connection, slots));
  const queries = await queriesOf(database, slots, 'predictions');
  count.anomalies.note('missing-query', queries.nameless);
  const met = [...pairs.met].map(([place, count]): [string, number] => [outcomes.segments[place] as string, count]).sort();
  return {
    ...counted(count, mergePartitions([...partitions, ...pairs.partitions, ...queries.partitions])),
    ...(met.length > 0 && { met: Object.fromEntries(met) }),
  };
}

async function countOutcomes(database: Database, slices: Slices, order: CountOrder): Promise<Counted> {
  const [predictions, outcomes] = await slicesBefore(slices, order);
  const { rows, joinable, anomalies } = await database.connected((connection) => checkOutcomes(connection, order));
  const own = await slices.pathOf(order, order.grid);
  if (own === undefined) return { rows, partitions: [], anomalies: anomalies.counts() };

  const slots = {
    own,
    predictions: predictions.paths,
    outcomes: outcomes.paths,
    makeSum: sumsOf(order),
    scored: order.positive !== undefined,
    absent: order.absent,
    grid: order.grid,
    hasCells: order.awaitsOutcomes === true,
  };
  const pairs = await database.connected((connection) => meetPredictions(connection, slots));
  const queries = await queriesOf(database, slots, 'outcomes');
  const ids = await database.connected((connection) => rowsIn(connection, own));
  anomalies.note('duplicate', joinable - ids + pairs.repeated);
  if (order.segment.late) anomalies.note('late', rows);
  return {
    rows,
    partitions: mergePartitions([...pairs.partitions, ...queries.partitions]),
    anomalies: anomalies.counts(),
    ...(pairs.waiting > 0 && { waiting: pairs.waiting }),
  };
}

/** Nothing changes where rows are no items of queries. */
async function queriesOf(database: Database, order: QueryOrder, holds: 'predictions' | 'outcomes'): Promise<ChangedQueries> {
  if (order.grid.ranking === undefined) return { partitions: [], nameless: 0 };
  return database.connected((connection) => changeQueries(connection, order, holds));
}

async function countHeldOut(database: Database, order: CountOrder): Promise<Counted> {
  const isLabelled = order.mapping.label !== undefined;
  const sums = isLabelled ? { makeSum: sumsOf(order), measured: [] } : undefined;
  const count = new RowCount(order.grid, order.segment.version, new Set(), sums, partitionNames(order));
  const answers = isLabelled ? wantedAnswers(order.answers, []) : [];
  await database.connected((connection) => addRows(connection, order, [...gridColumns(order), ...answers], count));
  const isRanked = isLabelled && order.grid.ranking !== undefined;
  const queries = isRanked ? await database.connected((connection) => heldOutQueries(connection, order)) : [];
  return counted(count, mergePartitions([...count.partitions(), ...queries]));
}

/** @returns the features that the rows have */
async function addRows(
  connection: DuckDBConnection,
  order: CountOrder,
  wanted: readonly Wanted[],
  count: RowCount,
): Promise<ReadonlySet<string>> {
  const features = new Set<string>();
  const found: Found = { malformed: 0, features };
  for await (const batch of readRows(connection, order, wanted, found)) count.add(batch);
  count.anomalies.note('malformed', found.malformed);
  return features;
}

/** How many outcomes have an id and a label, and those that do not, by kind. */
async function checkOutcomes(
  connection: DuckDBConnection,
  order: CountOrder,
): Promise<{ rows: number; joinable: number; anomalies: Anomalies }> {
  const found: Found = { malformed: 0 };
  const anomalies = new Anomalies();
  let rows = 0;
  let joinable = 0;
  for await (const batch of readRows(connection, order, [{ name: 'label', part: 'label', kind: order.answers }], found)) {
    rows += batch.rows;
    const labels = batch.columns[0] as Values;
    for (let row = 0; row < batch.rows; row++) {
      const label = answerOf(labels, row);
      if (batch.ids[row] === null) anomalies.note('missing-id');
      else {
        if (!isLabel(order, label)) anomalies.note('wrong-type');
        if (label !== undefined) joinable++;
      }
    }
  }
  anomalies.note('malformed', found.malformed);
  return { rows, joinable, anomalies };
}

/** A slice holds one row for each id. */
async function rowsIn(connection: DuckDBConnection, slice: string): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${literal(slice)})`);
  return Number(counted.getRows()[0]?.[0]);
}

function isLabel({ grid }: CountOrder, label: Answer | undefined): boolean {
  return grid.ranking === undefined ? label !== undefined : isRelevance(label);
}

/** Slices of the segments before this one, by what they hold, and the ids of their segments at the same places. */
async function slicesBefore(slices: Slices, order: CountOrder): Promise<[SliceList, SliceList]> {
  return [await listSlices(slices, order, 'predictions'), await listSlices(slices, order, 'outcomes')];
}

interface SliceList {
  readonly paths: readonly string[];
  readonly segments: readonly string[];
}

async function listSlices(slices: Slices, { before, grid }: CountOrder, holds: 'predictions' | 'outcomes'): Promise<SliceList> {
  const paths: string[] = [];
  const segments: string[] = [];
  for (const rows of before) {
    if (rows.segment.holds !== holds) continue;
    const path = await slices.pathOf(rows, grid);
    if (path === undefined) continue;
    paths.push(path);
    segments.push(rows.segment.id);
  }
  return { paths, segments };
}

function gridColumns({ grid }: CountOrder): Wanted[] {
  return [...wantedOfGrid(grid), ...wantedOf(grid.dimensions ?? [])];
}

function sumsOf({ grid, answers, positive }: CountOrder): () => OutcomeSum {
  return outcomeSums(grid, answers, positive);
}

function counted(count: RowCount, partitions: Partition[]): Counted {
  return { rows: count.rows, partitions, anomalies: count.anomalies.counts() };
}
