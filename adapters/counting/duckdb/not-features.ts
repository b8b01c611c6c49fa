import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';

/** Names that stand beside a row's features and are none. */
export function notFeatures({ layout, id, time, version, prediction, score, label, ignored }: RowMapping): readonly (string | undefined)[] {
  return layout === 'nested' ? ignored : [...id, time, version, prediction, score, label, ...ignored];
}
