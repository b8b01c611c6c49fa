import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import type { PredictedDay } from '../ledger/counting.port.ts';
import type { Policy } from '../policy/policy.ts';

export type ProductionWindow =
  | { readonly outcome: 'pass'; readonly from: EventTime; readonly to: EventTime }
  | { readonly outcome: 'inconclusive'; readonly says: string };

/**
 * The first `policy.baseline.windowDays` of a model's own traffic, in whole UTC days [from, to). Inconclusive while predictions do not
 * reach its end, or its labels have not had their time to mature.
 */
export function productionWindow(policy: Policy, days: readonly PredictedDay[], asOf: EventTime): ProductionWindow {
  const { windowDays } = policy.baseline;
  const names = days.map(({ day }) => day).sort();
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) {
    return { outcome: 'inconclusive', says: `No predictions were known by ${asOf}. Check where the policy's sources look for them.` };
  }
  const from = eventTime(first);
  const to = plusDays(from, windowDays);
  if (plusDays(eventTime(last), 1) < to || asOf < to) {
    return {
      outcome: 'inconclusive',
      says: `Predictions reach from ${first} to ${last}; a baseline needs ${windowDays} days, until ${to.slice(0, 10)}.`,
    };
  }
  const matured = plusDays(to, policy.labels.maturesAfterDays);
  if (policy.sources.outcomes !== undefined && asOf < matured) {
    return {
      outcome: 'inconclusive',
      says: `The labels of the baseline's last day mature at ${matured}; as of ${asOf} they are not all known.`,
    };
  }
  return { outcome: 'pass', from, to };
}
