import { plusDays } from '../../domain/identity/event-time.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import { joinHorizonDays } from '../../domain/ledger/join-horizon-days.ts';
import { rowMapping } from '../../domain/ledger/row-mapping.ts';
import { scoredClass } from '../../domain/ledger/scored-class.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { countedAs } from './counted-as.ts';

/** How the rows of a segment found at the sources are read. */
export function rowsOf(policy: Policy, segment: Segment): SegmentRows {
  if (segment.holds === 'held-out') throw new RangeError('held-out rows name their columns themselves');
  const positive = scoredClass(policy);
  const { presumes, clock } = countedAs(policy);
  return {
    segment,
    mapping: rowMapping(policy, segment.holds),
    answers: policy.task.kind === 'classification' ? 'categorical' : 'numeric',
    ...(positive !== undefined && { positive }),
    ...(presumes !== undefined && { absent: presumes }),
    ...(clock && { clock }),
    ...(policy.sources.outcomes && policy.task.kind !== 'ranking' && { awaitsOutcomes: true }),
  };
}

/** The segments a segment is joined to: those before it in the order of looks, no older than the horizon. */
export function segmentsBefore(segments: readonly Segment[], segment: Segment, policy: Policy): SegmentRows[] {
  const oldest = plusDays(segment.knownAt, -joinHorizonDays(policy));
  const place = segments.findIndex(({ id }) => id === segment.id);
  return segments
    .slice(0, Math.max(0, place))
    .filter(({ knownAt }) => knownAt >= oldest)
    .map((before) => rowsOf(policy, before));
}
