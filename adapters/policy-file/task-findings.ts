import type { Finding } from './issues.ts';
import { finding, type Reader } from './reader.ts';

/** A ranking that does not say which items belong together, and parts of a task that belong to another. */
export function findingsOfTask({ raw }: Reader): Finding[] {
  const kind = raw('task', 'kind') ?? raw('task');
  const of = (key: string) => (raw('task', key) === undefined ? [] : [key]);
  if (kind !== 'ranking') {
    return [...of('query'), ...of('at')].map((key) =>
      finding(['task', key], `task.${key} is of a ranking`, 'Remove it, or write kind: ranking.', 'key'),
    );
  }
  const remedy = 'Write task: {kind: ranking, query: COLUMN}, or several columns: [user, night].';
  return [
    ...(raw('task', 'query') === undefined ? [finding(['task'], 'nothing says which items a ranking puts in order', remedy)] : []),
    ...of('positive').map((key) =>
      finding(['task', key], 'task.positive is of a classification', 'Remove it: an item is relevant where its label is above 0.', 'key'),
    ),
    ...score(raw),
    ...watched(raw),
    ...worstRows(raw),
    ...rollOut(raw),
  ];
}

function score(raw: Reader['raw']): Finding[] {
  const path = ['sources', 'predictions', 'score'];
  const remedy = 'Name the column of the score in sources.predictions.prediction, and remove this.';
  return raw(...path) === undefined ? [] : [finding(path, 'the prediction of a ranking is its score', remedy, 'key')];
}

function watched(raw: Reader['raw']): Finding[] {
  const query = [raw('task', 'query')].flat();
  const critical = raw('columns', 'critical');
  return (Array.isArray(critical) ? critical : []).flatMap((column, index) =>
    query.includes(column)
      ? [finding(['columns', 'critical', index], `${column} names queries and is not watched`, 'Remove it from the list.')]
      : [],
  );
}

function worstRows(raw: Reader['raw']): Finding[] {
  const path = ['performance', 'worstRows'];
  if (raw(...path) === undefined || raw(...path) === 0) return [];
  return [finding(path, 'no item of a ranking is wrong by itself', 'Remove it: a ranking keeps no worst rows.', 'key')];
}

/** Requests that are assigned one by one are items: those of one query would go to two versions, and neither would order them all. */
function rollOut(raw: Reader['raw']): Finding[] {
  if (raw('rollOut') === undefined || raw('rollOut', 'unit') !== undefined) return [];
  const remedy = 'Write a column that all items of a query have in common, such as rollOut: {unit: user}.';
  return [finding(['rollOut'], 'two versions would answer the items of one query', remedy, 'key')];
}
