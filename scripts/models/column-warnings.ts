import { createDuckdbTables } from '../../adapters/counting/duckdb/tables.ts';
import { findTables } from '../../adapters/source/files/find-tables.ts';
import { validateAgainstColumns } from '../../domain/policy/validate-against-columns.ts';
import type { PolicyFile } from './policies.ts';

/**
 * Columns a policy names and the last file of its predictions lacks, or why none could be looked at. Files may still come, and older ones may
 * differ, so these are warnings. Nothing where predictions come from elsewhere.
 */
export async function columnWarnings({ policy, folder, lines }: PolicyFile): Promise<string[]> {
  const { predictions } = policy.sources;
  if (predictions.from !== 'files') return [];
  try {
    const last = (await findTables(predictions.glob, folder)).slice(-1);
    const columns = await createDuckdbTables().columns({ files: last, answers: 'categorical', ignored: [], declared: {} });
    const names = columns.map(({ name }) => name);
    return validateAgainstColumns(policy, names).map(({ policyPath, says, remedy }) => {
      const line = lines[policyPath] ?? lines[policyPath.replace(/\/[^/]*$/, '')];
      return `${line === undefined ? '' : `${line.file}:${line.line}:${line.column}  `}${says} in ${last[0]?.path}. ${remedy}`;
    });
  } catch (cause) {
    return [(cause as Error).message];
  }
}
