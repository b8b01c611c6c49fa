import { productionWindows } from '../../domain/baseline/production-windows.ts';
import { instantOf, wallTime } from '../../domain/calendar/wall-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';
import type { PredictedDay, SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import { lookAgain } from '../ledger/looks.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { rowsOf } from '../ledger/rows-of.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline-order.ts';
import { modelGrid } from './model-grid.ts';

interface Production {
  readonly segments: readonly Segment[];
  readonly grid: Digest;
  /** Absent: rows are told apart by no version. */
  readonly version?: Version;
  readonly windows: readonly [TimeSpan, ...TimeSpan[]];
}

/** Where production can be a baseline, and the model's grid, cut from the first such days when it has none. */
export async function findProduction(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  order: BaselineOrder,
): Promise<Production | (BaselineAnswer & { readonly outcome: 'inconclusive' })> {
  const segments = await lookAgain(deps, ledger, order.asOf);
  const predictions = segments.filter(({ holds }) => holds === 'predictions').map((segment) => rowsOf(ledger.policy, segment));
  const days = new Map<SegmentRows, readonly PredictedDay[]>();
  for (const rows of predictions) days.set(rows, await deps.counting.days(rows));

  const { timezone, watch } = ledger.policy;
  const source = ledger.policy.sources.predictions;
  const named = source.from === 'gateway' || source.version !== undefined ? order.version : undefined;
  const mine = [...days.values()].flat().filter(({ version }) => named === undefined || version === named);
  const found = productionWindows(ledger.policy, mine, wallTime(order.asOf, timezone), order.since);
  if (found.outcome === 'inconclusive') return found;

  const [first] = found.windows;
  const inFirst = ({ day }: PredictedDay) => day >= first.from.slice(0, 10) && day < first.to.slice(0, 10);
  const grid = await modelGrid(
    deps,
    ledger,
    order.asOf,
    predictions.filter((rows) => days.get(rows)?.some(inFirst)),
    undefined,
    watch.grain === 'batch' ? undefined : { from: instantOf(first.from, timezone), to: instantOf(first.to, timezone) },
  );
  return { segments, grid, windows: found.windows, ...(named !== undefined && { version: named }) };
}
