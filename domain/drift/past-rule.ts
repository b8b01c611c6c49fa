import type { PastBlocks } from '../calendar/past-blocks.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { HistoryTest } from '../statistics/test-against-history.ts';

/** How the past is used: cut into blocks that a window can be compared with; as one sample of independent rows; or as that where blocks are too few. */
export type PastRule = PastBlocks | 'independentRows' | BlocksElseRows;

interface BlocksElseRows {
  readonly blocks: PastBlocks;
  readonly else: 'independentRows';
}

export function pastRule(
  blocks: PastBlocks,
  { policy, rowsAreIndependent }: Pick<AssessmentInput, 'policy' | 'rowsAreIndependent'>,
): PastRule {
  if (rowsAreIndependent) return 'independentRows';
  return policy.watch.independentRows ? { blocks, else: 'independentRows' } : blocks;
}

/** Undefined where there is nothing to cut. */
export function blocksOfRule(rule: PastRule): PastBlocks | undefined {
  if (rule === 'independentRows') return undefined;
  return isElse(rule) ? rule.blocks : rule;
}

/** What a test says, or where it could not be made what independent rows say, if they may be asked. */
export function elseOfRows(rule: PastRule, test: PastTest, ofRows: () => RowTest | undefined): PastTest {
  return test.kind === 'none' && isElse(rule) ? (ofRows() ?? test) : test;
}

function isElse(rule: PastRule): rule is BlocksElseRows {
  return typeof rule === 'object' && 'else' in rule;
}

/** All rows of the window against all rows of the past: what has no time can be tested in no other way. */
export interface RowTest {
  readonly kind: 'independentRows';
  readonly pValue: number;
}

export type PastTest = HistoryTest | RowTest;
