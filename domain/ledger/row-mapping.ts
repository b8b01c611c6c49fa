import { ignoredColumns } from '../policy/ignored-columns.ts';
import type { Policy } from '../policy/policy.ts';
import type { Segment } from './segment.ts';

/** Where the parts of a record stand in a segment's rows. */
export interface RowMapping {
  /** `nested`: features stand under `features`, as the gateway writes them; `flat`: all columns side by side. */
  readonly layout: 'nested' | 'flat';
  readonly id: readonly string[];
  readonly time?: string;
  readonly version?: string;
  readonly prediction?: string;
  /** Score of the positive class. */
  readonly score?: string;
  readonly label?: string;
  /** When the label became known. */
  readonly knownAt?: string;
  /** HTTP status of the request: rows from 400 up hold no prediction. */
  readonly status?: string;
  /** Columns that are no features although they are none of the above. */
  readonly ignored: readonly string[];
}

/** How the policy says a segment is to be read. Held-out rows are our own and name their columns themselves. */
export function rowMapping(policy: Policy, holds: Exclude<Segment['holds'], 'held-out'>): RowMapping {
  return holds === 'predictions' ? predictionMapping(policy) : outcomeMapping(policy);
}

function predictionMapping(policy: Policy): RowMapping {
  const source = policy.sources.predictions;
  const ignored = ignoredColumns(policy);
  if (source.from === 'gateway') {
    return { layout: 'nested', id: ['id'], time: 'time', version: 'version', prediction: 'prediction', status: 'status', ignored };
  }
  const { id, time, prediction, version, score } = source;
  return {
    layout: 'flat',
    id,
    time,
    prediction,
    ...(version !== undefined && { version }),
    ...(typeof score === 'string' && { score }),
    ignored,
  };
}

function outcomeMapping(policy: Policy): RowMapping {
  const source = policy.sources.outcomes ?? { from: 'gateway' };
  if (source.from === 'gateway') return { layout: 'flat', id: ['id'], label: 'label', ignored: [] };
  const { id, label, knownAt } = source;
  return { layout: 'flat', id, label, ...(knownAt !== undefined && { knownAt }), ignored: [] };
}
