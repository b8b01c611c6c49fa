/** Where a person wrote a part of the policy. Lines and columns count from 1. */
export interface PolicyLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
