import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnKind } from '../../../domain/grid/grid.ts';
import { own } from '../../../domain/identity/own.ts';
import type { SampleOrder, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { ColumnKind as PolicyKind } from '../../../domain/policy/policy.ts';
import type { Found, Wanted } from './batch.ts';
import { notFeatures } from './not-features.ts';
import { linesOf } from './read-lines.ts';
import { isNumber, relationOf } from './relation.ts';
import { requireDistinct } from './require-distinct.ts';
import { identifier } from './sql.ts';

const rowsLookedAt = 65_536;

/**
 * The features of the rows, by name, the prediction and its score. A feature is numeric when every value of it is a number, in every file; else
 * it is categorical. What the user declared stands.
 */
export async function discoverColumns(connection: DuckDBConnection, order: SampleOrder): Promise<Wanted[]> {
  const kinds = new Map<string, ColumnKind>();
  for (const rows of order.rows) {
    for (const [name, kind] of await featuresOf(connection, rows)) {
      kinds.set(name, kind === 'categorical' ? kind : (kinds.get(name) ?? kind));
    }
  }
  const features = [...kinds].map(([name, kind]): Wanted => ({ name, part: 'feature', ...readAs(own(order.declared, name) ?? kind) }));
  const [first] = order.rows;
  const { prediction, score } = first?.mapping ?? {};
  return [
    ...features,
    ...(first !== undefined && prediction !== undefined ? [{ name: prediction, part: 'prediction', kind: first.answers } as const] : []),
    ...(score !== undefined ? [{ name: score, part: 'score', kind: 'numeric' } as const] : []),
  ];
}

function readAs(kind: PolicyKind): Pick<Wanted, 'kind' | 'of'> {
  if (kind === 'numeric' || kind === 'categorical') return { kind };
  return kind === 'boolean' ? { kind: 'categorical', of: kind } : { kind: 'numeric', of: kind };
}

async function featuresOf(connection: DuckDBConnection, rows: SegmentRows): Promise<Map<string, ColumnKind>> {
  const kinds = rows.segment.format === 'ndjson' ? await kindsOfLines(rows) : await kindsOfTable(connection, rows);
  for (const name of notFeatures(rows.mapping)) if (name !== undefined) kinds.delete(name);
  return kinds;
}

async function kindsOfLines({ segment, mapping }: SegmentRows): Promise<Map<string, ColumnKind>> {
  const found: Found = { malformed: 0 };
  const kinds = new Map<string, ColumnKind>();
  let rows = 0;
  for await (const { features } of linesOf(segment.path, mapping, found)) {
    for (const [name, value] of Object.entries(features)) {
      if (typeof value === 'string' || typeof value === 'boolean') kinds.set(name, 'categorical');
      else if (!kinds.has(name)) kinds.set(name, 'numeric');
    }
    if (++rows === rowsLookedAt) break;
  }
  if (mapping.layout === 'flat') requireDistinct(segment.path, [...kinds.keys()]);
  return kinds;
}

async function kindsOfTable(connection: DuckDBConnection, { segment }: SegmentRows): Promise<Map<string, ColumnKind>> {
  const relation = await relationOf(connection, segment);
  const names = [...relation.types.keys()];
  if (!relation.untyped) return new Map(names.map((name) => [name, isNumber(relation.types.get(name) ?? '') ? 'numeric' : 'categorical']));

  const tests = names.map(
    (name) =>
      `coalesce(bool_and(TRY_CAST(trim(${identifier(name)}) AS DOUBLE) IS NOT NULL) FILTER (${identifier(name)} IS NOT NULL), true)`,
  );
  const answers = await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM (SELECT * FROM ${relation.sql} LIMIT ${rowsLookedAt})`);
  const row = answers.getRows()[0] ?? [];
  return new Map(names.map((name, index) => [name, row[index] === true ? 'numeric' : 'categorical']));
}
