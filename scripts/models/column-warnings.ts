import { createDuckdbTables } from '../../adapters/counting/duckdb/tables.ts';
import { findTables } from '../../adapters/source/files/find-tables.ts';
import { lineOf } from '../../domain/policy/policy-line.ts';
import { validateAgainstColumns } from '../../domain/policy/validate-against-columns.ts';
import type { PolicyFile } from './policies.ts';

/**
 * Columns a policy names and the last file of its predictions or outcomes lacks, or why none could be looked at. Files may still come, and
 * older ones may differ, so these are warnings. Nothing where they come from elsewhere.
 */
export async function columnWarnings(read: PolicyFile): Promise<string[]> {
  return [...(await warningsOf(read, 'predictions')), ...(await warningsOf(read, 'outcomes'))];
}

async function warningsOf({ policy, folder, lines }: PolicyFile, of: 'predictions' | 'outcomes'): Promise<string[]> {
  const source = policy.sources[of];
  if (source?.from !== 'files') return [];
  try {
    const last = (await findTables(source.glob, folder)).slice(-1);
    const columns = await createDuckdbTables().columns({ files: last, answers: 'categorical', ignored: [], declared: {} });
    const names = columns.map(({ name }) => name);
    return validateAgainstColumns(policy, names, of).map(({ policyPath, says, remedy }) => {
      const line = lineOf(lines, policyPath);
      return `${line === undefined ? '' : `${line.file}:${line.line}:${line.column}  `}${says} in ${last[0]?.path}. ${remedy}`;
    });
  } catch (cause) {
    return [(cause as Error).message];
  }
}
