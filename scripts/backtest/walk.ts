import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createDecidingActivities } from '../../activities/deciding.ts';
import { neededArtefact } from '../../activities/needed-artefact.ts';
import { createRegriddingActivities, type RegridOrder } from '../../activities/regridding.ts';
import type { Backtest, Look } from '../../domain/backtest/backtest.ts';
import { lookAlarms } from '../../domain/backtest/look-alarms.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { decisionState } from '../../domain/lifecycle/decision-state.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';
import type { Report } from '../../domain/report/report.ts';
import type { History } from './open-history.ts';

export interface Walk {
  /** Absent: none could be taken, and this is why. */
  readonly baseline?: Backtest['baseline'];
  readonly says: string;
  readonly looks: readonly Look[];
  /** Each time the grid was cut anew: when and why. */
  readonly regridded: readonly string[];
}

/**
 * Goes through the slots in event time. Each sees what was known by then, through the same activities as the live loop: the baseline is
 * taken at the first slot at which it can be, then each slot is assessed, and its decision goes through the same transitions. Files are
 * watched in modes that start nothing by themselves, so no retraining begins.
 */
export async function walk({ deps, ledger }: History, slots: readonly EventTime[]): Promise<Walk> {
  const { model, applied: policy } = ledger;
  const { takeBaseline } = createBaseliningActivities(deps);
  const { assess } = createAssessingActivities(deps);
  const regrid = createRegridding(deps);
  const life = createLife(deps, firstState(model, policy, 'replay'));
  const looks: Look[] = [];
  let baseline: Backtest['baseline'] | undefined;
  let standing: Digest | undefined;
  const regridded: string[] = [];
  let says = 'No slot of the schedule lies in the history.';
  for (const asOf of slots) {
    if (baseline === undefined) {
      const taken = await takeBaseline({ model, policy, asOf });
      says = taken.says;
      if (taken.baseline === undefined) continue;
      const { window } = await neededArtefact<Baseline>(deps.artefacts, 'baseline', taken.baseline);
      baseline = { digest: taken.baseline, ...window, takenAt: asOf, says };
      standing = taken.baseline;
    }
    const held = standing ?? baseline.digest;
    const assessed = await assess({ model, policy, baseline: held, asOf, looksAtGrid: true });
    const report = await neededArtefact<Report>(deps.artefacts, 'report', assessed.report);
    const decision = await life(assessed.report, report, assessed.subjects);
    looks.push({
      asOf,
      report: assessed.report,
      version: report.version,
      outcome: report.outcome,
      window: { from: report.window.from, to: report.window.to },
      ...lookAlarms(report, ledger.policy),
      ...decision,
    });
    const next = assessed.misfit && (await regrid({ model, policy, asOf, baseline: held, because: assessed.misfit }));
    if (!next) continue;
    standing = next;
    regridded.push(`After the look of ${asOf.slice(0, 10)} the grid was cut anew: ${assessed.misfit}`);
  }
  return { says, looks, regridded, ...(baseline && { baseline }) };
}

/** Cuts a grid that no longer fits anew. @returns the baseline on it; undefined when the grid stays */
function createRegridding(deps: History['deps']): (order: RegridOrder) => Promise<Digest | undefined> {
  const { cutAnew, switchGrid } = createRegriddingActivities(deps);
  return async (order) => {
    const cut = await cutAnew(order);
    return cut.outcome === 'pass' ? (await switchGrid({ ...order, grid: cut.grid })).baseline : undefined;
  };
}

/** Tells a model's life of each report, and gives what was decided on it. The version that predicts is the one in service. */
function createLife({ artefacts }: History['deps'], begin: LifecycleState) {
  const { decide } = createDecidingActivities({ artefacts });
  let state = begin;
  const tell = (event: LifecycleEvent) => {
    state = { ...transition(1, state, event).state, outbox: [] };
  };

  return async (report: Digest, { asOf, version, outcome }: Report, subjects: readonly string[]) => {
    state = { ...state, champion: version };
    const isAlarm = outcome === 'fail';
    tell({ eventId: `reported-${asOf}`, kind: 'reported', report, asOf, alarm: isAlarm, ...(isAlarm && { subjects }) });
    const { model, policy, lastReports: reports } = state;
    const { decision, digest, action, because } = await decide({
      model,
      policy,
      reports,
      state: decisionState(state),
      asOf,
      source: 'report',
    });
    const { revision: stateRevision } = state;
    tell({ eventId: decision, kind: 'decided', decision, digest, action, asOf, stateRevision, because, source: 'report' });
    const { reasons } = await neededArtefact<Decision>(artefacts, 'decision', digest);
    return { action, because, wantsRetraining: action.kind === 'retrain' || reasons.some(({ code }) => code === 'cannot-train') };
  };
}
