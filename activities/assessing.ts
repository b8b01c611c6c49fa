import { ownWindow } from '../domain/baseline/own-window.ts';
import { wallTime } from '../domain/calendar/wall-time.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { Outcome, Severity } from '../domain/identity/outcome.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import { alarmSubjects } from '../domain/report/alarm-subjects.ts';
import { assess } from '../domain/report/assess.ts';
import { type LedgerDependencies, openLedger } from './ledger/model-ledger.ts';
import { gatherLook } from './look/gather-look.ts';
import { misfitOf } from './look/misfit-of.ts';

export interface AssessOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly baseline?: Digest;
  /** Absent: the version that predicted last. */
  readonly version?: Version;
  readonly asOf: EventTime;
  /** Looks whether the grid still fits as well; a sample of the newest rows is read for it. */
  readonly looksAtGrid?: true;
}

export interface Assessed {
  readonly report: Digest;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly alarm: boolean;
  /** What it alarms about, as `layer/subject`. */
  readonly subjects: readonly string[];
  readonly says: readonly [string, string];
  readonly anomalies: Readonly<Record<string, number>>;
  /** Files that could not be read at all, newest last, at most five. */
  readonly faults: readonly string[];
  /** The baseline is provisional, and the version's own days from then on can take its place. */
  readonly ownDaysSince?: EventTime;
  /** Why the grid no longer fits; of a baseline of production only. */
  readonly misfit?: string;
}

export function createAssessingActivities(deps: LedgerDependencies) {
  return {
    /**
     * Sums the window as it was known at `asOf` and judges it. Windows are whole days or hours of the policy's time zone, in its wall
     * time: the last one is that before `asOf`.
     * What was found but not yet counted is counted first, so a report never misses a segment. A baseline that was still to come at
     * `asOf` is none.
     */
    async assess(order: AssessOrder): Promise<Assessed> {
      const ledger = await openLedger(deps, order);
      const { policy } = ledger;
      const { input, segments, entries, recent } = await gatherLook(deps, ledger, order);
      const report = assess(input);
      const misfit = order.looksAtGrid ? await misfitOf(deps, input, segments, entries) : undefined;
      const own = input.baseline && ownWindow(policy, input.baseline.body);
      return {
        report: await deps.artefacts.save(report),
        outcome: report.outcome,
        severity: report.severity,
        alarm: report.outcome === 'fail',
        subjects: alarmSubjects(report),
        says: report.says,
        anomalies: report.anomalies,
        faults: recent.flatMap(({ fault }) => (fault === undefined ? [] : [fault.says])).slice(-5),
        ...(misfit === undefined ? {} : { misfit }),
        ...(own && own.fullAt <= wallTime(order.asOf, policy.timezone) ? { ownDaysSince: own.since } : {}),
      };
    },
  };
}

export type AssessingActivities = ReturnType<typeof createAssessingActivities>;
