import type { SegmentFault } from '../ledger/entry.ts';
import type { Segment } from '../ledger/segment.ts';
import type { Policy } from '../policy/policy.ts';
import { lineOf, type PolicyLines } from '../policy/policy-line.ts';
import { sourceColumns } from '../policy/source-columns.ts';
import type { UnreadFiles } from './unread-files.ts';

/** A file a look came upon, and why nothing of it could be counted. */
export interface SeenFile {
  readonly segment: Segment;
  readonly fault?: SegmentFault;
}

/** What a look tells of files it could read nothing of. */
export function tellUnread(policy: Policy, seen: readonly SeenFile[], lines: PolicyLines): UnreadFiles[] {
  return (['predictions', 'outcomes'] as const).flatMap((of) => {
    const found = seen.filter(({ segment }) => segment.holds === of);
    const byReason = new Map<string, SegmentFault[]>();
    for (const { fault } of found) {
      if (fault === undefined) continue;
      const reason = [fault.code, ...(fault.columns ?? [])].join('\n');
      byReason.set(reason, [...(byReason.get(reason) ?? []), fault]);
    }
    return [...byReason.values()].map((faults): UnreadFiles => {
      const { code, columns, says } = faults.at(-1) as SegmentFault;
      const counts = { files: faults.length, found: found.length };
      const lacking = columns?.map((column) => placed(policy, of, column, lines));
      return { of, code, ...(columns && { columns }), ...counts, says: `${sayFiles(policy, of, counts, lacking)} ${says}` };
    });
  });
}

function sayFiles(
  { sources }: Policy,
  of: UnreadFiles['of'],
  { files, found }: Pick<UnreadFiles, 'files' | 'found'>,
  lacking: readonly string[] | undefined,
): string {
  const source = sources[of];
  const where = source?.from === 'files' ? `match ${source.glob}` : `of ${of} were looked at`;
  const one = source?.from === 'files' ? `matches ${source.glob}` : `of ${of} was looked at`;
  const all = found === 1 ? `1 file ${one}` : `${found} files ${where}`;
  if (lacking === undefined) return `${all}, ${files === found ? 'none' : files} ${files === found ? 'can' : 'cannot'} be read.`;
  const columns = `the column${lacking.length === 1 ? '' : 's'} ${lacking.join(' and ')}`;
  if (files === found) return `${all}, ${found === 1 ? 'it lacks' : 'none has'} ${columns}.`;
  return `${all}, ${files} of them ${files === 1 ? 'lacks' : 'lack'} ${columns}.`;
}

/** `att (sources.predictions.time, anchorwatch.yaml:7)`. */
function placed(policy: Policy, of: UnreadFiles['of'], column: string, lines: PolicyLines): string {
  const named = sourceColumns(policy, of).find((one) => one.column === column);
  if (named === undefined) return column;
  const key = named.policyPath
    .slice(1)
    .replace(/\/\d+$/, '')
    .replaceAll('/', '.');
  const line = lineOf(lines, named.policyPath);
  return `${column} (${key}${line === undefined ? '' : `, ${line.file}:${line.line}`})`;
}
