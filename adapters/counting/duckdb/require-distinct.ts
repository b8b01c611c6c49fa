import type { DuckDBConnection } from '@duckdb/node-api';
import { SegmentUnusable } from './segment-unusable.ts';
import { literal } from './sql.ts';

/**
 * Columns must be told apart without regard to capitals of A to Z: DuckDB cannot, and calls one of two another name.
 *
 * @throws SegmentUnusable naming the first two that cannot
 */
export function requireDistinct(path: string, names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const before = seen.get(folded(name));
    seen.set(folded(name), name);
    if (before === undefined) continue;
    const says = before === name ? `two columns named "${name}"` : `columns whose names differ only in capitals, "${before}" and "${name}"`;
    throw new SegmentUnusable('unreadable', `${path} has ${says}. Give each its own name.`);
  }
}

/**
 * The same of a Parquet file, whose own names are read where DuckDB may have given one: `w_1` beside `W`.
 *
 * @param described names as DuckDB tells them
 */
export async function requireDistinctParquet(connection: DuckDBConnection, path: string, described: readonly string[]): Promise<void> {
  const known = new Set(described.map(folded));
  if (!described.some((name) => /_\d+$/.test(name) && known.has(folded(name.replace(/_\d+$/, ''))))) return;
  const schema = await connection.runAndReadAll(`SELECT name, num_children FROM parquet_schema(${literal(path)})`);
  const nodes = schema.getRows().map(([name, children]) => ({ name: String(name), children: Number(children ?? 0) }));
  requireDistinct(path, namesOfColumns(nodes));
}

/** The tree comes flat, each node before its children; columns are the children of the first. */
function namesOfColumns(nodes: readonly { readonly name: string; readonly children: number }[]): string[] {
  const names: string[] = [];
  for (let at = 1; at < nodes.length; ) {
    names.push(nodes[at]?.name ?? '');
    for (let open = 1; open > 0; at += 1) open += (nodes[at]?.children ?? 0) - 1;
  }
  return names;
}

function folded(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => capital.toLowerCase());
}
