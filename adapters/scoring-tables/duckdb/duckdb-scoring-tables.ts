import type { ScoringTables } from '../../../domain/gates/scoring-tables.port.ts';
import { readFeatures } from './read-features.ts';
import { countScored, readScored } from './read-scored.ts';
import { writeScored } from './write-scored.ts';

/** Scoring tables as Parquet files on this machine's disk. */
export const duckdbScoringTables: ScoringTables = {
  features: readFeatures,
  write: writeScored,
  count: countScored,
  read: readScored,
};
