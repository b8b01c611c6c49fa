import type { Version } from '../identity/names.ts';
import type { CandidateStatus } from '../registry/candidate-status.ts';
import type { BaselineWish } from './baseline-wish.ts';
import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEffect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState, Phase } from './state.ts';

type RolledOut = Extract<LifecycleEvent, { kind: 'rolled-out' }>;
type RolledBack = Extract<LifecycleEvent, { kind: 'rolled-back' }>;

/** A rollout ended: promoted, handed to rollBack, overtaken, or without proof in its time. */
export function onRolledOut(state: LifecycleState, { report }: RolledOut): Change {
  const { phase } = state;
  if (phase.at !== 'rolling-out' || phase.by !== report.decision) return { state, effects: [] };
  const record = audited(report.decision, 'rollout', report.says, {
    asOf: report.asOf,
    ...(report.evidence === undefined ? {} : { evidence: report.evidence }),
  });
  const tell = (severity: 'green' | 'yellow' | 'red') => told(keyOf(report.decision, 'rolled-out'), severity, report.says);

  switch (report.outcome) {
    case 'promoted':
      return {
        state: { ...promoted(state, phase.candidate), baselining: baselineOf(phase, report) },
        effects: [
          record,
          close(report, 'promoted'),
          { key: keyOf(report.decision, 'baseline'), kind: 'start-baseline', ...baselineOf(phase, report) },
          tell('green'),
        ],
      };
    case 'rolled-back':
      return { state: entering(state, { at: 'rolling-back', by: report.decision, candidate: phase.candidate }), effects: [record] };
    case 'held':
      return { state: entering(state, { at: 'idle' }), effects: [record, close(report, 'refused'), tell('yellow')] };
    case 'superseded':
      return { state: entering(state, { at: 'idle' }), effects: [record, close(report, 'superseded'), tell('yellow')] };
    case 'failed':
      return {
        state: entering(state, { at: 'needs-attention', why: report.says }),
        effects: [record, close(report, 'refused'), tell('red')],
      };
  }
}

/** Traffic was taken away from a version, by whom and whenever it was. */
export function onRolledBack(state: LifecycleState, event: RolledBack): Change {
  const { report } = event;
  const record = audited(event.eventId, 'rollback', report.says);
  const tell = told(keyOf(report.decision, 'rolled-back'), 'red', report.says);
  const settled = isRollingBack(state, report.from) ? entering(state, { at: 'idle' }) : state;
  if (report.outcome === 'nothing-to-do') return { state: settled, effects: [record] };

  const closing: LifecycleEffect[] = report.from === undefined ? [] : [close({ ...report, candidate: report.from }, 'rolled-back')];
  if (report.from !== undefined && report.from === state.champion)
    return { state: restored(settled, report.to), effects: [record, ...closing, tell] };
  return { state: settled, effects: [record, ...closing, tell] };
}

function baselineOf({ candidate, heldOut }: Extract<Phase, { at: 'rolling-out' }>, report: RolledOut['report']): BaselineWish {
  return { by: report.decision, asOf: report.asOf, version: candidate, ...(heldOut === undefined ? {} : { heldOut }) };
}

function isRollingBack({ phase }: LifecycleState, from: Version | undefined): boolean {
  return phase.at === 'rolling-back' || (phase.at === 'rolling-out' && phase.candidate === from);
}

function promoted(state: LifecycleState, candidate: Version): LifecycleState {
  const {
    baseline,
    champion,
    previous: _previous,
    previousBaseline: _previousBaseline,
    refusedBaseline: _refused,
    ...rest
  } = entering(state, { at: 'idle' });
  return {
    ...rest,
    champion: candidate,
    ...(champion === undefined ? {} : { previous: champion }),
    ...(baseline === undefined ? {} : { previousBaseline: baseline }),
  };
}

function restored(state: LifecycleState, to: Version | undefined): LifecycleState {
  const { champion: _champion, previous: _previous, baseline: _baseline, previousBaseline, refusedBaseline: _refused, ...rest } = state;
  return {
    ...rest,
    ...(to === undefined ? {} : { champion: to }),
    ...(previousBaseline === undefined ? {} : { baseline: previousBaseline }),
  };
}

function close(report: { decision: string; candidate: Version; says: string }, status: CandidateStatus): LifecycleEffect {
  return {
    key: keyOf(report.decision, `close-${status}`),
    kind: 'close-candidate',
    candidate: report.candidate,
    status,
    reason: report.says,
  };
}
