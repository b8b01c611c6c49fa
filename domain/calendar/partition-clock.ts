import type { Policy } from '../policy/policy.ts';

/**
 * How rows are put into the partitions of an entry: by the hour or day that clocks show at their event time, or a whole segment into
 * the day on which it became known.
 */
export interface PartitionClock {
  /** IANA name. */
  readonly timezone: string;
  readonly grain: Policy['watch']['grain'];
}

/** The policy's clock; undefined for days in UTC. */
export function partitionClock({ timezone, watch: { grain } }: Policy): PartitionClock | undefined {
  return timezone === 'UTC' && grain === 'day' ? undefined : { timezone, grain };
}
