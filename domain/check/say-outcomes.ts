import type { Partition } from '../ledger/entry.ts';
import { sayNumber } from '../report/say-number.ts';
import { sayLabelled } from '../report/says.ts';
import type { TableOutcomes } from './outcome-input.ts';

/** Of so many rows it is no chance that not one prediction is right. */
const enoughRows = 30;

/** Of how many rows the outcome is known, how many are too young to have one that counts, and classes that seem to be written in two ways. */
export function sayOutcomes({ input, young }: TableOutcomes): string[] {
  const { policy, outcomesExpected, windowDays, baseline } = input;
  const labelled =
    outcomesExpected === 0 ? '' : sayLabelled(policy.labels.absentMeans, labelledRows(windowDays.matured) / outcomesExpected);
  const [first] = young;
  const rows = young.reduce((sum, day) => sum + day.rows, 0);
  return [
    ...(labelled === '' ? [] : [`Data: ${labelled.trimStart()}`]),
    ...(first === undefined
      ? []
      : [
          `Labels mature after ${policy.labels.maturesAfterDays} days: of ${sayNumber(rows)} rows of the data, from ${first.day} on, none counts yet. Taken later, say when (--as-of).`,
        ]),
    ...sayUnlike('baseline', baseline?.days ?? []),
    ...sayUnlike('data', windowDays.matured),
  ];
}

export function labelledRows(partitions: readonly Partition[]): number {
  return partitions.reduce((sum, { outcomes }) => sum + (outcomes?.matched ?? 0), 0);
}

/** Quantities are not counted by whether they are right. */
function sayUnlike(which: string, partitions: readonly Partition[]): string[] {
  const isNoneRight = partitions.every(({ outcomes }) => outcomes === undefined || outcomes.correct === 0);
  if (!isNoneRight || labelledRows(partitions) < enoughRows) return [];
  return [`No outcome of the ${which} is the class that was predicted: are both written alike, and not as 1 and 1.0?`];
}
