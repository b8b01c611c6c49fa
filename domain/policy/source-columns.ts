import type { Policy } from './policy.ts';
import { scoreColumns } from './score-columns.ts';

/** A column the policy names, and where. */
export interface NamedColumn {
  readonly column: string;
  /** JSON pointer into the policy. */
  readonly policyPath: string;
}

/** Columns that say what a row of a source is, in the order of their parts; none where the gateway writes them itself. */
export function sourceColumns({ sources }: Pick<Policy, 'sources'>, of: 'predictions' | 'outcomes'): NamedColumn[] {
  return of === 'predictions' ? predictionColumns(sources.predictions) : outcomeColumns(sources.outcomes);
}

/** Columns named in a list, each with its place in it. */
export function columnsOfList(names: readonly string[], policyPath: string): NamedColumn[] {
  return names.map((column, index) => ({ column, policyPath: `${policyPath}/${index}` }));
}

function predictionColumns(source: Policy['sources']['predictions']): NamedColumn[] {
  if (source.from === 'gateway') return [];
  const place = '/sources/predictions';
  return [
    ...columnsOfList(source.id, `${place}/id`),
    { column: source.time, policyPath: `${place}/time` },
    { column: source.prediction, policyPath: `${place}/prediction` },
    ...(source.version === undefined ? [] : [{ column: source.version, policyPath: `${place}/version` }]),
    ...scoreColumns(source).map(({ column, of }) => ({ column, policyPath: `${place}/score${of === undefined ? '' : `/${of}`}` })),
  ];
}

function outcomeColumns(source: Policy['sources']['outcomes']): NamedColumn[] {
  if (source === undefined || source.from === 'gateway') return [];
  const place = '/sources/outcomes';
  return [
    ...columnsOfList(source.id, `${place}/id`),
    { column: source.label, policyPath: `${place}/label` },
    ...(source.knownAt === undefined ? [] : [{ column: source.knownAt, policyPath: `${place}/knownAt` }]),
  ];
}
