import { describe, expect, it } from 'vitest';
import type { Action } from '../../domain/decision/decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { beginAgain } from '../../domain/lifecycle/begin-again.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { refusal } from '../../domain/lifecycle/refusal.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { awaited, tellState } from '../../domain/lifecycle/tell-state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';

const evidence = 'ab'.repeat(32) as Digest;
const champion = '1' as Version;
const asOf = eventTime('2011-05-09');

function standing(mode: AppliedPolicy['mode'] = 'act'): LifecycleState {
  const policy: AppliedPolicy = { digest: evidence, folder: '/bikes', mode, approval: { people: 2, expiresAfterHours: 1 } };
  return { ...firstState('bike' as ModelName, policy, 'replay', asOf), champion };
}

function decided(state: LifecycleState, action: Action, otherwise: { id?: string; alarm?: true } = {}): LifecycleEvent {
  const { id = 'aaaaaaaaaaaa', alarm } = otherwise;
  return {
    eventId: `decided-${id}`,
    kind: 'decided',
    decision: `${asOf}-${id}` as DecisionId,
    digest: evidence,
    action,
    asOf,
    stateRevision: state.revision,
    because: 'Mean error 82.',
    source: 'report',
    ...(alarm ? { alarm } : {}),
  };
}

describe('what people hear', () => {
  const notified = (state: LifecycleState, event: LifecycleEvent) =>
    transition(newestRules, state, event).effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.says] : []));

  it('given a pause, when a report alarms, then nothing is begun and people hear of the alarm', () => {
    const paused = { ...standing(), paused: { by: 'alice', reason: 'move' } };
    expect(notified(paused, decided(paused, { kind: 'nothing' }, { alarm: true }))).toEqual(['Alarm: Mean error 82.']);
    expect(notified(paused, decided(paused, { kind: 'nothing' }))).toEqual([]);
  });

  it('given an alarm, when its decision has to be made again, then it is still an alarm', () => {
    const state = standing();
    const { effects } = transition(newestRules, { ...state, revision: 7 }, decided(state, { kind: 'nothing' }, { alarm: true }));
    expect(effects).toMatchObject([{ kind: 'ask-decision', alarm: true }]);
  });

  it('given a report, when it alarms, then the question what to do carries it on', () => {
    const report = { eventId: 'r', kind: 'reported', report: evidence, asOf } as const;
    expect(transition(newestRules, standing(), { ...report, alarm: true }).effects).toMatchObject([{ kind: 'ask-decision', alarm: true }]);
    expect(transition(newestRules, standing(), { ...report, alarm: false }).effects[0]).not.toHaveProperty('alarm');
  });
});

describe('what was proposed in mode advise', () => {
  const retrain: Action = { kind: 'retrain', strategy: 'full' };
  const proposing = (() => {
    const state = standing('advise');
    return transition(newestRules, state, decided(state, retrain)).state;
  })();

  it('given a proposal, when the next check asks for nothing, then it is no longer proposed', () => {
    expect(proposing.proposed?.action).toEqual(retrain);
    expect(
      transition(newestRules, proposing, decided(proposing, { kind: 'nothing' }, { id: 'bbbbbbbbbbbb' })).state.proposed,
    ).toBeUndefined();
  });

  it('given a proposal, when nothing is decided because of a pause, then it still stands', () => {
    const paused = { ...proposing, paused: { by: 'alice', reason: 'move' } };
    expect(transition(newestRules, paused, decided(paused, { kind: 'nothing' }, { id: 'bbbbbbbbbbbb' })).state.proposed).toEqual(
      proposing.proposed,
    );
  });
});

describe('an approval', () => {
  const waiting: LifecycleState = {
    ...standing(),
    phase: {
      at: 'awaiting-approval',
      by: `${asOf}-aaaaaaaaaaaa` as DecisionId,
      candidate: '2' as Version,
      evidence,
      people: ['alice'],
      expiresAtWallMilliseconds: Date.parse('2026-01-05T10:30:00Z'),
    },
  };
  const answer = (who: string, kind: 'approve' | 'reject') =>
    refusal(waiting, { eventId: 'a', kind: 'answered', evidence, answer: kind, who, why: 'read it' });

  it('given one of two, when it is told, then it names what is awaited, until when, and the command', () => {
    expect(awaited(waiting)).toBe(
      'Version 2 waits for an approval (approved so far: alice), until 2026-01-05 10:30 UTC: anchorwatch approve bike abababababab --why "…" (or reject)',
    );
  });

  it('given a person who approved, when she approves again, then it is refused; rejecting is not', () => {
    expect(answer('alice', 'approve')).toBe('alice has approved version 2 already; it waits for another person.');
    expect(answer('alice', 'reject')).toBeUndefined();
    expect(answer('bob', 'approve')).toBeUndefined();
  });
});

describe('a retired model that is applied again', () => {
  const retired: LifecycleState = {
    ...standing(),
    revision: 41,
    phase: { at: 'retired' },
    paused: { by: 'alice', reason: 'move' },
    attempts: [eventTime('2011-04-01'), eventTime('2011-05-02')],
    lastReports: [evidence],
    audit: { next: 12, head: evidence },
  };

  it('given its last snapshot, when it begins again, then champion, throttle, record and revision go on, and the pause does not', () => {
    const again = beginAgain(retired, retired.policy, 'replay');
    expect(again).toEqual({ ...standing(), revision: 41, attempts: retired.attempts, audit: retired.audit });
  });

  it('given a replay that begins earlier, when it begins again, then attempts of later times do not count', () => {
    expect(beginAgain(retired, retired.policy, 'replay', eventTime('2011-04-15'))).toMatchObject({
      asOf: '2011-04-15T00:00:00.000Z',
      attempts: ['2011-04-01T00:00:00.000Z'],
    });
  });
});

it('given a model that is only watched, when it is told, then no champion is missed', () => {
  const { champion: _none, ...watched } = standing('watch');
  expect(tellState(watched)).not.toContain('champion');
});
