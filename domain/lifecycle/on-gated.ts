import type { Version } from '../identity/names.ts';
import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEffect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import { startRollOut } from './start-roll-out.ts';
import type { LifecycleState } from './state.ts';

const millisecondsPerHour = 3_600_000;

type Gated = Extract<LifecycleEvent, { kind: 'gated' }>;

/** A retraining ended at its verdict. Only a pass goes on: to a person where the policy asks for one, else into traffic. */
export function onGated(state: LifecycleState, event: Gated): Change {
  const { report } = event;
  if (state.phase.at !== 'retraining' || state.phase.by !== report.decision) return { state, effects: [] };
  const record = audited(report.decision, 'verdict', report.says, report.evidence === undefined ? {} : { evidence: report.evidence });

  if (report.outcome !== 'pass' || report.candidate === undefined) return refused(state, event, record);
  if (state.policy.approval === 'none') return withRecord(record, startRollOut(state, { ...report, candidate: report.candidate }));
  return withRecord(record, askPeople(state, event, report.candidate));
}

function refused(state: LifecycleState, { report }: Gated, record: LifecycleEffect): Change {
  const effects: LifecycleEffect[] = [record];
  if (report.candidate !== undefined) {
    effects.push({
      key: keyOf(report.decision, 'close'),
      kind: 'close-candidate',
      candidate: report.candidate,
      status: 'refused',
      reason: report.says,
    });
  }
  const severity = report.failure === undefined ? 'yellow' : 'red';
  return { state: entering(state, { at: 'idle' }), effects: [...effects, told(keyOf(report.decision, 'verdict'), severity, report.says)] };
}

function askPeople(state: LifecycleState, event: Gated, candidate: Version): Change {
  const { approval } = state.policy;
  const { report } = event;
  if (approval === 'none' || report.evidence === undefined) return { state, effects: [] };
  const command = `anchorwatch approve ${state.model} ${report.evidence.slice(0, 12)} --why "…"`;
  return {
    state: entering(state, {
      at: 'awaiting-approval',
      by: report.decision,
      candidate,
      ...(report.heldOut === undefined ? {} : { heldOut: report.heldOut }),
      evidence: report.evidence,
      people: [],
      expiresAtWallMilliseconds: event.nowWallMilliseconds + approval.expiresAfterHours * millisecondsPerHour,
    }),
    effects: [
      told(
        keyOf(report.decision, 'approval'),
        'yellow',
        `Version ${candidate} passed its gates and waits for ${approval.people === 1 ? 'an approval' : `${approval.people} approvals`}: ${command}`,
      ),
    ],
  };
}

function withRecord(record: LifecycleEffect, change: Change): Change {
  return { state: change.state, effects: [record, ...change.effects] };
}
