import { describe, expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { AlarmAnswer } from '../../domain/lifecycle/alarm.ts';
import { beginAgain } from '../../domain/lifecycle/begin-again.ts';
import { decisionState } from '../../domain/lifecycle/decision-state.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { falseAlarmRate } from '../../domain/lifecycle/false-alarm-rate.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { refusal } from '../../domain/lifecycle/refusal.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import { transition } from '../../domain/lifecycle/transition.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { policyWith } from '../decision/decision-material.ts';

const policy: AppliedPolicy = { digest: 'c'.repeat(64) as Digest, folder: '/bikes', mode: 'act', approval: 'none' };
const { watch } = policyWith();
const reportOf = (day: string, again = '') => `${day.replaceAll('-', '')}${again}`.padEnd(64, '0') as Digest;

const reported = (day: string, about?: readonly string[], again?: string): LifecycleEvent => ({
  eventId: `reported-${day}${again ?? ''}`,
  kind: 'reported',
  report: reportOf(day, again),
  asOf: eventTime(day),
  alarm: about !== undefined,
  ...(about ? { subjects: about } : {}),
});

const acknowledged = (day: string, answer: AlarmAnswer, eventId = `acknowledged-${day}`) =>
  ({ eventId, kind: 'acknowledged', report: reportOf(day), answer, subjects: ['performance/mae'], who: 'ann', note: 'Easter' }) as const;

const expectedUntil = (day: string): AlarmAnswer => ({ kind: 'expected', until: eventTime(day) });
const mae = ['performance/mae'];

function lived(...events: LifecycleEvent[]): LifecycleState {
  const first = firstState('bike' as ModelName, policy, 'replay', eventTime('2011-05-01'));
  return events.reduce((state, event) => transition(newestRules, state, event).state, first);
}

describe('given an alarm', () => {
  const alarmed = lived(reported('2011-05-09', mae));

  it('when nobody has said anything of it, then status says so, and how to', () => {
    expect(tellAlarms(alarmed, watch)).toEqual([
      'False alarms: 0 episodes in 1 check since 2011-05-09; the budget allows 0.0111 in as many (at most 1 in 90 days).',
      'Not acknowledged: 1 episode, 2011-05-09 (1 look, 201105090000). What was it? anchorwatch ack bike 2011-05-09 --real | --false | --expected UNTIL',
    ]);
  });

  it('when a person says it was false, then that is on record with the report, and counted', () => {
    const { state, effects } = transition(newestRules, alarmed, acknowledged('2011-05-09', { kind: 'false' }));
    expect(effects).toEqual([
      {
        key: 'acknowledged-2011-05-09/audit-acknowledged-false',
        kind: 'audit',
        what: 'acknowledged-false',
        says: 'ann: the alarm of 2011-05-09 (performance/mae) was a false alarm. Easter',
        evidence: reportOf('2011-05-09'),
        asOf: eventTime('2011-05-09'),
      },
    ]);
    expect(falseAlarmRate(state, watch)).toMatchObject({ checks: 1, falseAlarms: 1, allowed: 1 / 90 });
    expect(tellAlarms(state, watch)).toHaveLength(1);
  });

  it('when the same is said again, then it is not refused and nothing is done; another answer is refused, with the first', () => {
    const { state } = transition(newestRules, alarmed, acknowledged('2011-05-09', { kind: 'real' }));
    const again = acknowledged('2011-05-09', { kind: 'real' }, 'again');
    expect(refusal(state, again)).toBeUndefined();
    expect(transition(newestRules, state, again).effects).toEqual([]);

    const other = acknowledged('2011-05-09', { kind: 'false' }, 'other');
    expect(refusal(state, other)).toBe('The alarm of 2011-05-09 was acknowledged already: real. What was said of it stays.');
    expect(transition(newestRules, state, other).state.alarms).toEqual(state.alarms);
  });

  it('when it was expected until one day, then another day is another answer', () => {
    const { state } = transition(newestRules, alarmed, acknowledged('2011-05-09', expectedUntil('2011-06-01')));
    expect(refusal(state, acknowledged('2011-05-09', expectedUntil('2011-06-01')))).toBeUndefined();
    expect(refusal(state, acknowledged('2011-05-09', expectedUntil('2011-06-01T18:00')))).toBeUndefined();
    expect(refusal(state, acknowledged('2011-05-09', expectedUntil('2011-06-02')))).toContain('already: expected until 2011-06-01.');
  });

  it('when an alarm is meant that never was, or a day before it, then it is refused with words', () => {
    expect(refusal(alarmed, acknowledged('2011-05-10', { kind: 'real' }))).toBe(
      'bike remembers no alarm 201105100000; it knows its last 1. See: anchorwatch history bike',
    );
    expect(refusal(alarmed, acknowledged('2011-05-09', expectedUntil('2011-05-08')))).toContain('Name that day or a later one.');
    expect(refusal(alarmed, acknowledged('2011-05-09', expectedUntil('2011-05-09')))).toBeUndefined();
  });

  it('when the same day is looked at again and does not alarm, then there is nothing to acknowledge, and it was one check', () => {
    const state = lived(reported('2011-05-09', mae), reported('2011-05-09', undefined, 'b'));
    expect(state).toMatchObject({ alarms: [], checks: { count: 1 } });
  });

  it('when it was acknowledged and the day is looked at again, then what was said stays and holds', () => {
    const state = lived(reported('2011-05-09', mae), acknowledged('2011-05-09', { kind: 'real' }), reported('2011-05-09', mae, 'b'));
    expect(state.alarms?.map(({ answer }) => answer?.kind)).toEqual(['real', 'real']);
  });

  it('when the model is retired and begun anew, then its alarms wait for nobody', () => {
    expect(beginAgain(alarmed, policy, 'replay')).not.toHaveProperty('alarms');
    expect(beginAgain(alarmed, policy, 'replay')).not.toHaveProperty('checks');
  });
});

describe('given an alarm that was expected until 1 June', () => {
  const known = [reported('2011-05-09', mae), acknowledged('2011-05-09', expectedUntil('2011-06-01'))];

  it('when the same subject alarms again by that day, then it is expected without being asked; later it is not', () => {
    const state = lived(...known, reported('2011-06-01T20:00', mae), reported('2011-06-02', mae));
    expect(state.alarms?.map(({ answer }) => answer?.kind)).toEqual(['expected', 'expected', undefined]);
  });

  it('when something else alarms with it, then a person is asked', () => {
    const state = lived(...known, reported('2011-05-10', [...mae, 'inputs/temp']), reported('2011-05-11', ['inputs/temp']));
    expect(state.alarms?.map(({ answer }) => answer?.kind)).toEqual(['expected', undefined, undefined]);
  });

  it('when a decision is asked for, then it knows what is expected, until that day is over', () => {
    expect(decisionState(lived(...known)).expected).toEqual({ 'performance/mae': eventTime('2011-06-01') });
    expect(decisionState(lived(...known, reported('2011-06-02')))).not.toHaveProperty('expected');
  });

  it('when it is acknowledged for a later alarm until another day, then the newest word holds', () => {
    const state = lived(...known, reported('2011-06-05', mae), acknowledged('2011-06-05', expectedUntil('2011-06-20'), 'later'));
    expect(state.expected).toEqual({ 'performance/mae': eventTime('2011-06-20') });
  });
});

it('given checks in a row, when two of one day are made, then they are one, and the budget grows with the checks', () => {
  const state = lived(...['2011-05-09T03:00', '2011-05-09T04:00', '2011-05-10T03:00', '2011-05-11T03:00'].map((time) => reported(time)));
  expect(falseAlarmRate(state, watch)).toEqual({
    since: eventTime('2011-05-09T03:00'),
    checks: 3,
    falseAlarms: 0,
    allowed: 3 / 90,
  });
});

it('given no check yet, then nothing is told of alarms', () => {
  expect(tellAlarms(lived(), watch)).toEqual([]);
});
