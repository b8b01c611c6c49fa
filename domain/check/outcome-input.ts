import type { DriftInput } from '../drift/assess-drift.ts';
import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import type { Partition, SliceCounts } from '../ledger/entry.ts';
import { lookEveryDays } from '../ledger/look-every-days.ts';
import { startOfDay } from '../ledger/start-of-day.ts';
import type { OutcomeInput } from '../report/assessment-input.ts';
import { type CountedTable, carriesOutcomes } from './counted-table.ts';
import { spanOf } from './span-of.ts';

/** Two tables that carry outcomes, as performance is judged. */
export interface TableOutcomes {
  /** On matured rows alone. */
  readonly input: OutcomeInput;
  /** Days of the data whose outcomes have not matured. */
  readonly young: readonly Partition[];
}

/**
 * What performance is judged on where both tables carry outcomes; undefined where one does not, or the policy names none. Rows of days that
 * are younger than `labels.maturesAfter` count as if they had none, in either table. Without days all have matured.
 *
 * @param asOf wall time by which labels were taken; absent: the end of the data
 */
export function outcomeInput(
  drift: DriftInput,
  { baseline, data, asOf }: { readonly baseline: CountedTable; readonly data: CountedTable; readonly asOf?: EventTime },
): TableOutcomes | undefined {
  const { policy, window, rowsAreIndependent } = drift;
  const past = spanOf(baseline.partitions);
  if (policy.sources.outcomes === undefined || past === undefined || !carriesOutcomes(baseline) || !carriesOutcomes(data)) return undefined;
  const waitsDays = rowsAreIndependent ? 0 : policy.labels.maturesAfterDays;
  const maturedBy = startOfDay(plusDays(asOf ?? window.to, -waitsDays));
  const isMature = ({ day }: Partition) => waitsDays === 0 || eventTime(day) < maturedBy;
  const matured = data.partitions.filter(isMature);
  const young = data.partitions.filter((day) => !isMature(day)).map(withoutOutcomes);
  const to = waitsDays === 0 || maturedBy > window.to ? window.to : maturedBy;
  return {
    input: {
      ...drift,
      baseline: {
        body: { from: 'production', window: past },
        days: baseline.partitions.map((day) => (isMature(day) ? day : withoutOutcomes(day))),
      },
      maturedWindow: { from: window.from, to: to < window.from ? window.from : to },
      windowDays: { inputs: [...matured, ...young], matured, earlier: [] },
      outcomesExpected: matured.reduce((sum, { rows }) => sum + rows, 0),
      lookEveryDays: lookEveryDays(policy.watch.schedule),
    },
    young,
  };
}

function withoutOutcomes({ errors, presumedErrors, slices, ...day }: Partition): Partition {
  const bare = slices && Object.fromEntries(Object.entries(slices).map(([name, slice]) => [name, inputsOf(slice)]));
  return { ...inputsOf(day), ...(bare && { slices: bare }) };
}

function inputsOf<T extends SliceCounts>({ outcomes, presumed, ...inputs }: T) {
  return inputs;
}
