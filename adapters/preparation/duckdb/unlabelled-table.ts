import type { DuckDBConnection } from '@duckdb/node-api';
import type { PreparationOrder } from '../../../domain/training/preparation.port.ts';
import { castFeatures, type FeatureTypes } from './row-tables.ts';

/**
 * `unlabelled(__id, __time, features…)`: records of whole days of which no row has a label, the newest such days as hold no more rows than
 * are asked for. Days of which some rows have a label are left out: those without one would not be like all of the day.
 */
export async function unlabelledTable(connection: DuckDBConnection, order: PreparationOrder, types: FeatureTypes): Promise<void> {
  const { from, to, mostRows } = order.unlabelled;
  await connection.run(`CREATE TEMP TABLE unlabelled AS
    WITH made AS (
      SELECT *, strftime(make_timestamp((__time * 1000)::BIGINT), '%Y-%m-%d') AS __day FROM records
      WHERE __id IS NOT NULL AND __time >= ${Date.parse(from)} AND __time < ${Date.parse(to)}
      QUALIFY row_number() OVER (PARTITION BY __id ORDER BY place, __time) = 1
    ),
    days AS (SELECT __day, sum(count(*)) OVER (ORDER BY __day DESC) AS so_far FROM made ANTI JOIN rows USING (__day) GROUP BY __day)
    SELECT ${['__id', '__time', ...castFeatures('TRY_CAST', types)].join(', ')} FROM made JOIN days USING (__day) WHERE so_far <= ${mostRows}`);
}
