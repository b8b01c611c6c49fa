import { describe, expect, it } from 'vitest';
import type { Action } from '../../domain/decision/decision.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { acknowledge } from '../../domain/lifecycle/acknowledge.ts';
import type { AlarmAnswer } from '../../domain/lifecycle/alarm.ts';
import { isOpen } from '../../domain/lifecycle/episode.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { refusal } from '../../domain/lifecycle/refusal.ts';
import { newestRules, type Rules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import { transition } from '../../domain/lifecycle/transition.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { policyWith } from '../decision/decision-material.ts';

const { watch } = policyWith();
const first = eventTime('2011-05-09T03:00');
const mae = ['performance/mae'];
const escalate: Action = { kind: 'escalate' };
const nothing: Action = { kind: 'nothing' };
const throttled: Action = { kind: 'throttled', until: eventTime('2011-06-30'), wanted: 'retrain' };
const retrain: Action = { kind: 'retrain', strategy: 'full' };

/** A model that is looked at day by day; what people hear and what is recorded of its episodes, in order. */
class Model {
  readonly heard: string[] = [];
  readonly recorded: string[] = [];
  state: LifecycleState;
  private readonly rules: Rules;
  private day = -1;
  private made = 0;

  constructor(mode: AppliedPolicy['mode'] = 'act', rules: Rules = newestRules) {
    const policy: AppliedPolicy = { digest: 'c'.repeat(64) as Digest, folder: '/bikes', mode, approval: 'none' };
    this.state = { ...firstState('bike' as ModelName, policy, 'replay', first), champion: '1' as Version };
    this.rules = rules;
  }

  get isOpen(): boolean {
    return this.state.episode !== undefined && isOpen(this.state.episode);
  }

  get answers(): (string | undefined)[] {
    return (this.state.alarms ?? []).map(({ answer }) => answer?.kind);
  }

  /** The next day's look: `x` alarms, `?` is inconclusive, anything else is quiet. Then the decision on it. */
  look(outcome: string, more: { about?: readonly string[]; action?: Action; version?: string } = {}): this {
    this.day += 1;
    return this.lookAgain(outcome, more);
  }

  /** A look of the same day: made anew, or at a later hour. */
  lookAgain(
    outcome: string,
    {
      about = mae,
      action = escalate,
      version = '1',
      hour = 0,
    }: { about?: readonly string[]; action?: Action; version?: string; hour?: number } = {},
  ): this {
    const asOf = plusDays(first, this.day + hour / 24);
    const alarm = outcome === 'x';
    this.made += 1;
    const report = `${this.made}`.padStart(12, '0').padEnd(64, '0') as Digest;
    this.happen({
      eventId: `reported-${this.made}`,
      kind: 'reported',
      report,
      asOf,
      alarm,
      version: version as Version,
      ...(alarm ? { subjects: about } : {}),
      ...(outcome === '?' ? { inconclusive: true } : {}),
    });
    this.happen({
      eventId: `decided-${this.made}`,
      kind: 'decided',
      decision: `${asOf}-${this.made}` as DecisionId,
      digest: report,
      action: alarm ? action : nothing,
      asOf,
      stateRevision: this.state.revision,
      because: `day ${this.day + 1}`,
      source: 'report',
      ...(alarm ? { alarm } : {}),
    });
    return this;
  }

  looks(outcomes: string): this {
    for (const outcome of outcomes) this.look(outcome);
    return this;
  }

  /** A person answers the newest alarm, or that of one of its looks. */
  answer(answer: AlarmAnswer, subjects: readonly string[] = mae, place = -1): this {
    const report = this.state.alarms?.at(place)?.report as Digest;
    return this.happen({ eventId: `ack-${this.made}-${answer.kind}-${place}`, kind: 'acknowledged', report, answer, subjects, who: 'ann' });
  }

  happen(event: LifecycleEvent): this {
    const { state, effects } = transition(this.rules, this.state, event);
    this.state = effects.reduce((now, { key }) => acknowledge(now, key), state);
    for (const effect of effects) {
      if (effect.kind === 'notify') this.heard.push(`${effect.severity}: ${effect.says}`);
      if (effect.kind === 'audit' && effect.what !== 'decision') this.recorded.push(effect.says);
    }
    return this;
  }
}

describe('an episode', () => {
  it('given alarms with up to two quiet looks between them, then they are one, told once; three quiet looks close it', () => {
    const model = new Model().looks('xx..x..');
    expect(model.heard).toEqual(['red: day 1']);
    expect(tellAlarms(model.state, watch)[1]).toMatch(/^Not acknowledged: 1 episode, 2011-05-09 – 2011-05-13 \(3 looks, 0{11}5\)\. What/);
    expect(model.isOpen).toBe(true);
    model.looks('.');
    expect(model.isOpen).toBe(false);
    expect(model.heard.slice(1)).toEqual([
      'green: The episode of 2011-05-09 – 2011-05-13 (3 looks) is over: 3 looks in a row without an alarm.',
    ]);
    expect(model.recorded).toEqual(['The episode of 2011-05-09 – 2011-05-13 (3 looks) is over: 3 looks in a row without an alarm.']);
    expect(model.looks('x').heard.at(-1)).toBe('red: day 9');
    expect(tellAlarms(model.state, watch)[1]).toContain('Not acknowledged: 2 episodes, 2011-05-09 – 2011-05-13 (3 looks, ');
  });

  it('given inconclusive looks, then they neither prolong nor close it', () => {
    const model = new Model().looks('x?.??.?');
    expect(model.isOpen).toBe(true);
    expect(model.looks('.').isOpen).toBe(false);
  });

  it('given several looks of one day, then they are one: an alarm among them keeps it open, and they close it as one', () => {
    const model = new Model().looks('x.').lookAgain('.', { hour: 5 }).lookAgain('.', { hour: 9 });
    expect(model.isOpen).toBe(true);
    model.look('.').lookAgain('x', { hour: 5 }).lookAgain('.', { hour: 9 });
    expect(model.heard).toEqual(['red: day 1']);
    expect(model.state.alarms?.map(({ episode }) => episode?.look)).toEqual([1, 2]);
    expect(model.looks('..').isOpen).toBe(true);
    expect(model.looks('.').isOpen).toBe(false);
  });

  it('given its only look is made again and finds none, then it is taken back, and told so; if it comes again that day, it is told again', () => {
    const model = new Model().look('x').lookAgain('.');
    expect(model.state.alarms).toEqual([]);
    expect(model.heard).toEqual(['red: day 1', 'green: The alarm of 2011-05-09 is taken back: the look was made again and found none.']);
    model.lookAgain('x', { hour: 5 });
    expect(model.heard.slice(2)).toEqual(['red: day 1']);
    expect(model.state.episode?.number).toBe(1);
  });

  it('given an alarm of another version, then it is another one', () => {
    const model = new Model().looks('x').look('x', { version: '2' });
    expect(model.heard).toEqual(['red: day 1', 'red: day 2']);
    expect(model.state.alarms?.map(({ episode }) => episode?.number)).toEqual([1, 2]);
  });

  it('given rules 1, then each look is told, and stands by itself', () => {
    const model = new Model('act', 1).looks('xx...');
    expect(model.heard).toEqual(['red: day 1', 'red: day 2']);
    expect(model.state).not.toHaveProperty('episode');
    expect(tellAlarms(model.state, watch)[1]).toContain('Not acknowledged: 2 episodes, 2011-05-09 (1 look, ');
  });
});

describe('what people hear in one episode', () => {
  it('given actions of several kinds, then each is told once; an alarm that nothing answers only when nothing was told before', () => {
    const model = new Model();
    for (const action of [
      nothing,
      { kind: 'watch' },
      throttled,
      nothing,
      throttled,
      escalate,
      { kind: 'investigate-data' },
      escalate,
    ] as const)
      model.look('x', { action });
    expect(model.heard).toEqual(['yellow: Alarm: day 1', 'yellow: day 3', 'red: day 6', 'red: day 7']);
  });

  it('given a retraining begins, then that is told, each time', () => {
    const model = new Model().look('x', { action: throttled }).look('x', { action: retrain });
    const { by } = model.state.phase as { by: DecisionId };
    model.happen({ eventId: 'gone', kind: 'child-ended', child: 'retrain', by, status: 'CANCELLED' });
    model.look('x', { action: retrain });
    expect(model.heard.filter((says) => says.includes('Retraining'))).toEqual(['yellow: Retraining: day 2', 'yellow: Retraining: day 3']);
  });

  it('given mode advise, then the proposal is told once, and the newest stands', () => {
    const model = new Model('advise').look('x', { action: retrain }).look('x', { action: retrain });
    expect(model.heard).toHaveLength(1);
    expect(model.state.proposed?.asOf).toBe(plusDays(first, 1));
  });

  it('given a person asks and is throttled, then that is told whatever was told before', () => {
    const model = new Model().look('x', { action: throttled });
    model.happen({
      eventId: 'asked',
      kind: 'decided',
      decision: `${first}-asked` as DecisionId,
      digest: 'a'.repeat(64) as Digest,
      action: throttled,
      asOf: first,
      stateRevision: model.state.revision,
      because: 'ann asked',
      source: 'operator',
    });
    expect(model.heard).toEqual(['yellow: day 1', 'yellow: ann asked']);
  });
});

describe('what a person says of an alarm', () => {
  it('given it is false, then all of its episode is, until it closes, and it counts once', () => {
    const model = new Model().looks('xx').answer({ kind: 'false' }, mae, 0).looks('.x');
    expect(model.answers).toEqual(['false', 'false', 'false']);
    expect(model.recorded).toEqual(['ann: the alarms of 2011-05-09 – 2011-05-10 (performance/mae) were a false alarm.']);
    expect(tellAlarms(model.state, watch)).toEqual([
      'False alarms: 1 episode in 4 checks since 2011-05-09; the budget allows 0.0444 in as many (at most 1 in 90 days).',
    ]);
    model.looks('...x');
    expect(model.answers).toEqual(['false', 'false', 'false', undefined]);
    expect(model.answer({ kind: 'false' }).state.checks?.falseAlarms).toBe(2);
  });

  it('given it is false, when another layer alarms, then that is another episode: told, asked about, and not false', () => {
    const temp = ['inputs/temp'];
    const model = new Model().look('x', { about: temp, action: { kind: 'watch' } }).answer({ kind: 'false' }, temp);
    model.look('x', { about: ['inputs/hum'], action: { kind: 'watch' } }).look('x', { about: [...temp, ...mae] });
    expect(model.answers).toEqual(['false', 'false', undefined]);
    expect(model.heard).toEqual(['yellow: Alarm: day 1', 'red: day 3']);
  });

  it('given it is real, then later alarms of its episode are, whatever they are about, and an action of another kind is told', () => {
    const model = new Model()
      .look('x', { action: throttled })
      .answer({ kind: 'real' })
      .look('x', { about: ['inputs/temp'] });
    expect(model.answers).toEqual(['real', 'real']);
    expect(model.heard).toEqual(['yellow: day 1', 'red: day 2']);
  });

  it('given it is expected until a day, then nobody is told until that day is over; then it is told and asked about anew', () => {
    const model = new Model().looks('x').answer({ kind: 'expected', until: eventTime('2011-05-11') });
    model.look('x', { action: nothing }).look('x', { action: nothing });
    expect(model.heard).toEqual(['red: day 1']);
    expect(model.looks('xx').answers).toEqual(['expected', 'expected', 'expected', undefined, undefined]);
    expect(model.heard).toEqual(['red: day 1', 'red: day 4']);
    expect(tellAlarms(model.state, watch)[1]).toContain('1 episode, 2011-05-12 – 2011-05-13 (2 looks, ');
  });

  it('given it is expected, when something else alarms with it, then that is told, and asked about once', () => {
    const model = new Model().looks('x').answer({ kind: 'expected', until: eventTime('2011-06-01') });
    const about = [...mae, 'inputs/temp'];
    model.look('x', { about }).look('x', { action: nothing }).look('x', { about });
    expect(model.answers).toEqual(['expected', undefined, 'expected', undefined]);
    expect(model.heard).toEqual(['red: day 1', 'red: day 2']);
  });

  it('given an episode that lasts, when it is said to be expected until a day that is over, then that is refused with its days', () => {
    const model = new Model().looks('xx');
    const report = model.state.alarms?.[0]?.report as Digest;
    const answer = { kind: 'expected', until: first } as const;
    expect(refusal(model.state, { eventId: 'ack', kind: 'acknowledged', report, answer, subjects: mae, who: 'ann' })).toBe(
      'The alarm is of 2011-05-09 – 2011-05-10, so it cannot have been expected until 2011-05-09. Name that day or a later one.',
    );
  });
});
