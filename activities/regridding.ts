import type { Baseline } from '../domain/baseline/baseline.ts';
import { instantOf, wallTime } from '../domain/calendar/wall-time.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import type { Grid } from '../domain/grid/grid.ts';
import { canonicalJson } from '../domain/identity/canonical-json.ts';
import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { SegmentRows } from '../domain/ledger/counting.port.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';
import { addedToGrid } from '../domain/policy/added-to-grid.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import type { TimeSpan } from '../domain/report/assessment-input.ts';
import { entriesOf } from './ledger/entries.ts';
import { readSwitches, switchGrid } from './ledger/grids.ts';
import { isNewestLook, lookAgain } from './ledger/looks.ts';
import { type LedgerDependencies, type ModelLedger, openLedger } from './ledger/model-ledger.ts';
import { rowsOf } from './ledger/rows-of.ts';
import { neededArtefact } from './needed-artefact.ts';

export interface RegridOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  /** After this look. */
  readonly asOf: EventTime;
  /** Whose days are counted on the new grid, too. */
  readonly baseline: Digest;
  readonly because: string;
}

export type CutAnswer =
  | { readonly outcome: 'pass'; readonly grid: Digest; readonly since: EventTime }
  | { readonly outcome: 'inconclusive'; readonly says: string };

export function createRegriddingActivities(deps: LedgerDependencies) {
  return {
    /**
     * Cuts a grid of the baseline's days and the newest as many, for both are to be told apart on it. It is not the model's yet.
     *
     * @returns since when segments must be counted on it; inconclusive, with the reason, when it would be no other, or none can be cut
     */
    async cutAnew(order: RegridOrder): Promise<CutAnswer> {
      const ledger = await openLedger(deps, order);
      const baseline = await neededArtefact<Baseline>(deps.artefacts, 'baseline', order.baseline);
      const refusal = await whyNot(deps, order, baseline);
      if (refusal !== undefined) return { outcome: 'inconclusive', says: refusal };

      const { policy } = ledger;
      const today = startOfDay(wallTime(order.asOf, policy.timezone));
      const newest: TimeSpan = { from: plusDays(today, -policy.baseline.windowDays), to: today };
      const rows = await rowsIn(deps, ledger, order.asOf, [baseline.window, newest]);
      const sample = await deps.counting.sample({ rows, declared: policy.columns.declared });
      const grid = cutGrid(order.model, sample, policy.segments, addedToGrid(policy));
      const standing = await neededArtefact<Grid>(deps.artefacts, 'grid', baseline.grid);
      if (canonicalJson(grid) === canonicalJson(standing))
        return { outcome: 'inconclusive', says: `The grid of ${order.model} would be cut as it is.` };
      return { outcome: 'pass', grid: await deps.artefacts.save(grid), since: instantOf(baseline.window.from, policy.timezone) };
    },

    /** Makes a grid the model's after this look, and its baseline the same days counted on it. Safe to repeat. */
    async switchGrid(order: RegridOrder & { readonly grid: Digest }): Promise<{ baseline: Digest; says: string }> {
      const ledger = await openLedger(deps, order);
      const { baseline: standing, grid, asOf, because } = order;
      const body = await neededArtefact<Baseline>(deps.artefacts, 'baseline', standing);
      const entries = await recounted(deps, ledger, body, grid, asOf);
      const regridded: Baseline = {
        ...body,
        madeFrom: [ledger.applied.digest, grid, ...entries, standing],
        grid,
        entries,
        regridded: { of: standing, at: asOf },
      };
      const baseline = await deps.artefacts.save(regridded);
      await switchGrid(deps.store, order.model, { grid, asOf, because });
      return {
        baseline,
        says: `Grid ${body.grid.slice(0, 12)} gave way to ${grid.slice(0, 12)} as of ${asOf}: ${because} The baseline's ${body.rows} rows were counted anew.`,
      };
    },
  };
}

export type RegriddingActivities = ReturnType<typeof createRegriddingActivities>;

async function whyNot({ store }: LedgerDependencies, { model, asOf }: RegridOrder, { from }: Baseline): Promise<string | undefined> {
  if (from === 'held-out') return `The baseline of ${model} is provisional. Its grid can be cut anew when it has one of production.`;
  const newest = (await readSwitches(store, model)).at(-1);
  if (newest !== undefined && newest.asOf >= asOf) return `The grid of ${model} was cut anew as of ${newest.asOf} already.`;
  if (!(await isNewestLook(store, model, asOf)))
    return `${model} was looked at after ${asOf} already; what was reported stays. Ask as of now.`;
  return undefined;
}

/** Predictions of whole segments that reach into some span. */
async function rowsIn(deps: LedgerDependencies, ledger: ModelLedger, asOf: EventTime, spans: readonly TimeSpan[]): Promise<SegmentRows[]> {
  const found: SegmentRows[] = [];
  for (const segment of await lookAgain(deps, ledger, asOf)) {
    if (segment.holds !== 'predictions') continue;
    const rows = rowsOf(ledger.policy, segment);
    const days = (await deps.counting.days(rows)).map(({ day }) => eventTime(day));
    if (days.some((day) => spans.some(({ from, to }) => day >= from && day < to))) found.push(rows);
  }
  return found;
}

/** The entries of the same segments on the new grid. */
async function recounted(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  { entries }: Baseline,
  grid: Digest,
  asOf: EventTime,
): Promise<Digest[]> {
  const ids = new Set<string>();
  for (const digest of entries) ids.add((await neededArtefact<Entry>(deps.artefacts, 'entry', digest)).segment);
  const segments = await lookAgain(deps, ledger, asOf);
  const wanted = segments.filter(({ id }) => ids.has(id));
  return (await entriesOf(deps, ledger, grid, segments, wanted)).map(({ digest }) => digest);
}
