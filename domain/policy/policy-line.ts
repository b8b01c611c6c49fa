/** Where a person wrote a part of the policy. Lines and columns count from 1. */
export interface PolicyLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** By JSON pointer into the policy; what is absent is a default. */
export type PolicyLines = Readonly<Record<string, PolicyLine>>;

/** Where a part is written, or else what it is a part of: lists and pairs may stand on one line. */
export function lineOf(lines: PolicyLines, policyPath: string): PolicyLine | undefined {
  return lines[policyPath] ?? lines[policyPath.replace(/\/[^/]*$/, '')];
}
