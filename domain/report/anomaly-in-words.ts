/** What follows the number of rows of one kind: "3 rows have no time …". */
export function anomalyInWords(kind: string): string {
  return words[kind] ?? kind;
}

const words: Readonly<Record<string, string>> = {
  malformed: 'lines are no rows and were passed over',
  'missing-column': 'files lack a column the policy names, and were left out',
  'wrong-type': 'values are of the wrong type',
  duplicate: 'rows were given more than once, and counted once',
  late: 'rows came late',
  orphan: 'outcomes have no prediction',
  'missing-time': 'rows have no time that can be read, such as 2024-01-31 or 2024-01-31T10:30:00Z, and were left out',
  'missing-id': 'rows have no id, and were left out',
  'missing-query': 'rows name no query, and are in no order that is measured',
  'failed-request': 'requests failed',
  'future-time': 'rows are of the future, and were left out',
};
