import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { SegmentUnusable } from './segment-unusable.ts';

/**
 * Identity, time, prediction and label must be there; a feature that is not is absent in every row, and its nulls say so. So is the label of
 * predictions that carry their own: the newest file of a table may have none yet.
 *
 * @param names of the columns that are there
 * @throws SegmentUnusable naming all that are not
 */
export function requireColumns({ segment, mapping }: SegmentRows, names: readonly string[]): void {
  const { id, time, version, prediction, score, knownAt } = mapping;
  const label = segment.holds === 'predictions' ? undefined : mapping.label;
  const required = [...id, time, version, prediction, score, label, knownAt].filter((column) => column !== undefined);
  const lacking = [...new Set(required)].filter((column) => !names.includes(column));
  if (lacking.length === 0) return;
  const columns = `${lacking.length === 1 ? 'column' : 'columns'} ${lacking.map((column) => `"${column}"`).join(', ')}`;
  throw new SegmentUnusable(
    'column-missing',
    `${segment.path} has no ${columns} (it has ${names.join(', ')}). Name the right ${lacking.length === 1 ? 'column' : 'columns'} in the policy's sources or in the command.`,
    lacking,
  );
}
