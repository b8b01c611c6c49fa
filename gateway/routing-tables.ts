import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelName } from '../domain/identity/names.ts';
import { breaksHold } from '../domain/traffic/breaks-hold.ts';
import { readRoutingTable } from '../domain/traffic/read-routing-table.ts';
import type { RoutingTable } from '../domain/traffic/routing-table.ts';
import { writeAtomically } from './write-atomically.ts';

/** The tables in force, in memory for requests and on disk for the next start. */
export interface RoutingTables {
  get(model: string): RoutingTable | undefined;
  models(): readonly ModelName[];
  /** In force once the answer is `written`. Writers of one model queue up. */
  replace(table: RoutingTable, expectedEpoch: number): Promise<'written' | 'stale' | 'held'>;
}

/** @throws when a stored table cannot be read: starting without it would send traffic nowhere in silence */
export async function openRoutingTables(folder: string): Promise<RoutingTables> {
  await mkdir(folder, { recursive: true });
  const tables = new Map<string, RoutingTable>();
  for (const name of await readdir(folder)) {
    if (name.endsWith('.json')) tables.set(name.slice(0, -'.json'.length), await readTable(join(folder, name)));
  }
  let queue: Promise<unknown> = Promise.resolve();
  const replace = async (table: RoutingTable, expectedEpoch: number) => {
    const current = tables.get(table.model);
    if ((current?.epoch ?? 0) !== expectedEpoch || table.epoch !== expectedEpoch + 1) return 'stale';
    if (current !== undefined && breaksHold(current, table)) return 'held';
    await writeAtomically(join(folder, `${table.model}.json`), JSON.stringify(table));
    tables.set(table.model, table);
    return 'written';
  };
  return {
    get: (model) => tables.get(model),
    models: () => [...tables.values()].map((table) => table.model),
    replace(table, expectedEpoch) {
      const answer = queue.then(() => replace(table, expectedEpoch));
      queue = answer.catch(() => undefined);
      return answer;
    },
  };
}

async function readTable(path: string): Promise<RoutingTable> {
  const text = await readFile(path, 'utf8');
  const table = readRoutingTable(parsed(text));
  if (table.ok) return table.value;
  throw new Error(`${path} is no routing table: ${table.problem}. Mend or remove it, then start the gateway again.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
