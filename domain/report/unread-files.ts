/** Files of one source of which nothing could be counted, all for one reason. */
export interface UnreadFiles {
  readonly of: 'predictions' | 'outcomes';
  readonly code: 'unreadable' | 'column-missing' | 'changed' | 'gone';
  /** Those that the policy names and the files lack. */
  readonly columns?: readonly string[];
  readonly files: number;
  /** Files of the source that were looked at, these among them. */
  readonly found: number;
  /** What is wrong with how many files, where the policy says otherwise, and what the last of them holds. */
  readonly says: string;
}
