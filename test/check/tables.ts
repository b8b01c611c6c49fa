import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A folder for the files of a test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'anchorwatch-tables-'));

  write(name: string, bytes: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, bytes);
    return path;
  }

  csv(name: string, rows: readonly Row[]): string {
    return this.write(name, csvOf(rows));
  }

  ndjson(name: string, rows: readonly Row[]): string {
    return this.write(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }

  /** The answer of a query. */
  async parquet(name: string, sql: string): Promise<string> {
    const path = join(this.path, name);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export function csvOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => row[name] ?? '').join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

export interface World {
  /** Sigmas by which amounts are larger. */
  readonly shift?: number;
  /** Sigmas by which the mean of a day wanders. */
  readonly wander?: number;
  readonly firstDay?: number;
  readonly days?: number;
}

/** Customers as they come: an amount, a plan, and when. The same seed gives the same rows. */
export function customers(seed: number, rows: number, { shift = 0, wander = 0, firstDay = 0, days = 10 }: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const moods = Array.from({ length: days }, () => wander * normal());
  return Array.from({ length: rows }, (_, row) => {
    const day = Math.floor((row * days) / rows);
    const at = new Date(Date.UTC(2024, 0, 1 + firstDay + day, 12)).toISOString();
    return {
      amount: Number((50 + 10 * (normal() + shift + (moods[day] as number))).toFixed(3)),
      plan: random() < 0.7 ? 'free' : 'pro',
      at,
    };
  });
}
