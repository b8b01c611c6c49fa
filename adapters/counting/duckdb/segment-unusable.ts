import type { SegmentFault } from '../../../domain/ledger/entry.ts';

/** A file that cannot be read as a whole. */
export class SegmentUnusable extends Error {
  readonly fault: SegmentFault;

  /** @param columns those that are missing */
  constructor(code: SegmentFault['code'], says: string, columns?: readonly string[]) {
    super(says);
    this.name = 'SegmentUnusable';
    this.fault = { code, says, ...(columns && { columns }) };
  }
}
