import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../domain/decision/decision.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { acknowledge } from '../../domain/lifecycle/acknowledge.ts';
import type { AlarmAnswer } from '../../domain/lifecycle/alarm.ts';
import type { LifecycleEffect } from '../../domain/lifecycle/effect.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules, type Rules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';

const asOf = eventTime('2011-05-09');
const report = 'a'.repeat(64) as Digest;
const otherReport = 'd'.repeat(64) as Digest;
const evidence = 'b'.repeat(64) as Digest;
const decisions = ['1', '2', '3'].map((name) => `${asOf}-00000000000${name}` as DecisionId);
const versions = ['1', '2', '3'] as Version[];

const policy = (mode: AppliedPolicy['mode'], approval: AppliedPolicy['approval']): AppliedPolicy => ({
  digest: 'c'.repeat(64) as Digest,
  folder: '/models/bike',
  mode,
  approval,
});
const fresh = (applied: AppliedPolicy) => firstState('bike' as ModelName, applied, 'replay', asOf);

const anyPolicy = fc
  .tuple(fc.constantFrom('watch', 'advise', 'act' as const), fc.constantFrom('none' as const, { people: 2 as const, expiresAfterHours: 5 }))
  .map(([mode, approval]) => policy(mode as AppliedPolicy['mode'], approval));

const ofTheDay = -1;
const retraining: Action = { kind: 'retrain', strategy: 'full' };
const by = fc.constantFrom(...decisions);
const version = fc.constantFrom(...versions);

/** Any event at all, in any order, from few names: so duplicates, strangers and contradictions are common. */
const anyEvent: fc.Arbitrary<LifecycleEvent> = fc
  .oneof(
    fc
      .constantFrom(report, otherReport)
      .map((one) => ({ kind: 'reported' as const, report: one, asOf, alarm: true, subjects: ['performance/mae'] })),
    fc
      .tuple(
        fc.constantFrom(report, otherReport),
        fc.constantFrom<AlarmAnswer>({ kind: 'real' }, { kind: 'false' }, { kind: 'expected', until: asOf }),
      )
      .map(([one, answer]) => ({ kind: 'acknowledged' as const, report: one, answer, subjects: ['performance/mae'], who: 'ann' })),
    fc
      .tuple(by, fc.constantFrom<Action>({ kind: 'nothing' }, retraining, { kind: 'roll-back', to: '1' as Version }))
      .map(([decision, action]) => ({
        kind: 'decided' as const,
        decision,
        digest: evidence,
        action,
        asOf,
        stateRevision: ofTheDay,
        because: 'worse',
        source: 'report' as const,
      })),
    fc.tuple(by, version, fc.constantFrom('pass', 'fail', 'inconclusive' as const)).map(([decision, candidate, outcome]) => ({
      kind: 'gated' as const,
      report: { decision, candidate, outcome: outcome as 'pass', evidence, says: 'judged' },
      nowWallMilliseconds: 0,
    })),
    fc.constantFrom('ann', 'bob').map((who) => ({ kind: 'answered' as const, evidence, answer: 'approve' as const, who, why: 'fine' })),
    fc.constant({ kind: 'approval-expired' as const, evidence }),
    fc
      .tuple(by, version, fc.constantFrom('promoted', 'rolled-back', 'superseded', 'held', 'failed'))
      .map(([decision, candidate, outcome]) => ({
        kind: 'rolled-out' as const,
        report: { decision, candidate, outcome: outcome as 'promoted', asOf, says: 'rolled out' },
      })),
    fc.tuple(by, version, version).map(([decision, from, to]) => ({
      kind: 'rolled-back' as const,
      report: { decision, outcome: 'rolled-back' as const, from, to, says: 'rolled back' },
    })),
    fc
      .tuple(fc.constantFrom('retrain', 'rollout', 'rollback' as const), by, fc.constantFrom('TERMINATED', 'CANCELLED'))
      .map(([child, decision, status]) => ({
        kind: 'child-ended' as const,
        child: child as 'retrain',
        by: decision,
        status,
      })),
    by.map((decision) => ({ kind: 'decision-accepted' as const, decision, who: 'ann', asOf })),
    by.map((decision) => ({ kind: 'rollback-requested' as const, decision, who: 'ann', reason: 'odd', asOf })),
    fc.constant({ kind: 'paused' as const, who: 'ann', reason: 'lunch' }),
    fc.constant({ kind: 'resumed' as const, who: 'ann' }),
    fc
      .option(version, { nil: undefined })
      .map((of) => ({ kind: 'baseline-refused' as const, asOf, says: 'a trend', ...(of === undefined ? {} : { version: of }) })),
  )
  .chain((event) => fc.nat(60).map((id) => ({ eventId: `e${id}`, ...event }) as LifecycleEvent));

interface Life {
  readonly rules: (step: number) => Rules;
  readonly states: LifecycleState[];
  readonly events: LifecycleEvent[];
  readonly effects: LifecycleEffect[][];
}

/** Which rules hold at which event: a run keeps its own, the next run of the model takes the newest. */
const lives: Readonly<Record<string, Life['rules']>> = {
  'under rules 1': () => 1,
  'under the newest rules': () => newestRules,
  'in a run of the newest rules after one of rules 1': (step) => (step < 15 ? 1 : newestRules),
};

/** Lives through events one by one; a decision of the day was made of the state it meets. */
function live(first: LifecycleState, events: readonly LifecycleEvent[], rules: Life['rules'] = () => newestRules): Life {
  const life: Life = { rules, states: [first], events: [], effects: [] };
  for (const [step, given] of events.entries()) {
    const before = life.states.at(-1) as LifecycleState;
    const event = given.kind === 'decided' && given.stateRevision === ofTheDay ? { ...given, stateRevision: before.revision } : given;
    const { state, effects } = transition(rules(step), before, event);
    life.states.push(effects.reduce((now, effect) => acknowledge(now, effect.key), state));
    life.events.push(event);
    life.effects.push([...effects]);
  }
  return life;
}

function law(says: string, holds: (life: Life) => void): void {
  it.each(Object.entries(lives))(`%s: ${says}`, (_name, rules) => {
    const events = fc.array(anyEvent, { minLength: 10, maxLength: 40 });
    fc.assert(
      fc.property(anyPolicy, events, (applied, happened) => holds(live(fresh(applied), happened, rules))),
      { numRuns: 300 },
    );
  });
}

describe('whatever happens to a model, in any order', () => {
  law('an event that was seen before changes nothing', ({ rules, states, events }) => {
    const end = states.at(-1) as LifecycleState;
    for (const event of events) expect(transition(rules(events.length), end, event)).toEqual({ state: end, effects: [] });
  });

  law('no effect is ever asked for twice', ({ effects }) => {
    const starts = effects.flat().filter(({ kind }) => kind.startsWith('start-'));
    const keys = starts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  law('only a promotion or a rollback changes the champion', ({ states, events }) => {
    for (const [step, event] of events.entries()) {
      if (states[step]?.champion !== states[step + 1]?.champion) expect(['rolled-out', 'rolled-back']).toContain(event.kind);
    }
  });

  law('nothing goes into traffic but what passed its gates and, where the policy asks, two people', ({ states, events, effects }) => {
    for (const [step, asked] of effects.entries()) {
      if (!asked.some(({ kind, key }) => kind === 'start-roll-out' && !key.endsWith('again'))) continue;
      const event = events[step] as LifecycleEvent;
      if (event.kind === 'gated') expect(event.report.outcome).toBe('pass');
      else expect(event.kind).toBe('answered');
      if (states[step]?.policy.approval !== 'none') {
        const phase = states[step]?.phase;
        expect(phase?.at === 'awaiting-approval' && phase.people.length).toBe(1);
      }
    }
  });

  law('in mode watch nothing is trained', ({ states, effects }) => {
    if (states[0]?.policy.mode !== 'watch') return;
    for (const effect of effects.flat()) expect(effect.kind === 'start-retrain' && effect.because !== 'worse').toBe(false);
  });

  law('one thing at a time: a retraining begins only at rest', ({ states, effects }) => {
    for (const [step, asked] of effects.entries()) {
      if (asked.some(({ kind, key }) => kind === 'start-retrain' && !key.endsWith('again'))) expect(states[step]?.phase.at).toBe('idle');
    }
  });

  law('what a person said of an alarm stays, and is on record once', ({ states, effects }) => {
    for (const [step, { alarms = [] }] of states.entries()) {
      for (const { report: alarm, answer } of alarms) {
        if (answer === undefined) continue;
        for (const { alarms: later = [] } of states.slice(step)) expect(later.find((one) => one.report === alarm)?.answer).toEqual(answer);
      }
    }
    const recorded = effects
      .flat()
      .flatMap((effect) => (effect.kind === 'audit' && effect.what.startsWith('acknowledged') ? [effect.evidence] : []));
    expect(new Set(recorded).size).toBe(recorded.length);
  });

  law('false alarms are counted as often as people said so', ({ states, effects }) => {
    const told = effects.flat().filter((effect) => effect.kind === 'audit' && effect.what === 'acknowledged-false').length;
    expect(states.at(-1)?.checks?.falseAlarms ?? 0).toBe(told);
  });

  law('its state stays small enough to carry', ({ states }) => {
    expect(JSON.stringify(states.at(-1)).length).toBeLessThan(64 * 1024);
  });

  it('given a thousand events with long names, then its state stays under 64 KB', () => {
    const events = Array.from(
      { length: 1000 },
      (_, count): LifecycleEvent => ({
        eventId: `reported-2011-05-09T00:00:00.000Z-${String(count).padStart(12, '0')}`,
        kind: 'reported',
        report,
        asOf,
        alarm: false,
      }),
    );
    const life = live(fresh(policy('act', 'none')), events);
    expect(JSON.stringify(life.states.at(-1)).length).toBeLessThan(64 * 1024);
  });

  it('given a thousand alarms about as much as is remembered, then its state stays under 64 KB', () => {
    const subjects = Array.from({ length: 300 }, (_, column) => `inputs/a-column-of-a-long-name-${column}`);
    const events = Array.from({ length: 1000 }, (_, count): LifecycleEvent[] => {
      const alarm = count.toString(16).padStart(64, '0') as Digest;
      const at = plusDays(asOf, count);
      const eventId = `reported-${at}-${alarm.slice(-12)}`;
      return [
        { eventId, kind: 'reported', report: alarm, asOf: at, alarm: true, subjects },
        {
          eventId: `acknowledged-${eventId}`,
          kind: 'acknowledged',
          report: alarm,
          answer: { kind: 'expected', until: at },
          subjects,
          who: 'ann',
        },
      ];
    }).flat();
    const state = live(fresh(policy('act', 'none')), events).states.at(-1);
    expect(state?.alarms?.length).toBe(60);
    expect(JSON.stringify(state).length).toBeLessThan(64 * 1024);
  });

  it('given rules of another build, then it refuses rather than guesses', () => {
    expect(() => transition(3, fresh(policy('act', 'none')), { eventId: 'x', kind: 'resumed', who: 'ann' })).toThrow(/rules 3/);
  });
});

describe('a world in which children are lost, doubled and late', () => {
  /** What the outside may answer to an effect. */
  const answers = (effect: LifecycleEffect, state: LifecycleState): LifecycleEvent[] => {
    switch (effect.kind) {
      case 'start-retrain':
        return [
          {
            eventId: `${effect.by}/gated`,
            kind: 'gated',
            report: { decision: effect.by, outcome: 'pass', candidate: '2' as Version, evidence, says: 'good' },
            nowWallMilliseconds: 0,
          },
          {
            eventId: `${effect.by}/gated`,
            kind: 'gated',
            report: { decision: effect.by, outcome: 'fail', candidate: '2' as Version, evidence, says: 'bad' },
            nowWallMilliseconds: 0,
          },
          { eventId: `${effect.key}/ended`, kind: 'child-ended', child: 'retrain', by: effect.by, status: 'TERMINATED' },
          { eventId: `${effect.key}/ended`, kind: 'child-ended', child: 'retrain', by: effect.by, status: 'CANCELLED' },
        ];
      case 'start-roll-out':
        return [
          {
            eventId: `${effect.by}/rolled-out`,
            kind: 'rolled-out',
            report: { decision: effect.by, candidate: effect.candidate, outcome: 'promoted', asOf, says: 'up' },
          },
          { eventId: `${effect.key}/ended`, kind: 'child-ended', child: 'rollout', by: effect.by, status: 'TERMINATED' },
          { eventId: `${effect.key}/ended`, kind: 'child-ended', child: 'rollout', by: effect.by, status: 'CANCELLED' },
        ];
      case 'start-roll-back':
        return [
          {
            eventId: `${effect.by}/rolled-back`,
            kind: 'rolled-back',
            report: {
              decision: effect.by,
              outcome: 'rolled-back',
              says: 'back',
              to: '1' as Version,
              ...(effect.from === undefined ? {} : { from: effect.from }),
            },
          },
          { eventId: `${effect.key}/ended`, kind: 'child-ended', child: 'rollback', by: effect.by, status: `TERMINATED` },
        ];
      case 'ask-decision':
        return [
          {
            eventId: `${effect.key}/decided`,
            kind: 'decided',
            decision: decisions[0] as DecisionId,
            digest: evidence,
            action: retraining,
            asOf,
            stateRevision: state.revision,
            because: 'worse',
            source: 'report',
          },
        ];
      default:
        return [];
    }
  };

  it('given any mixture of answers, when all effects were answered, then the model is at rest and can be decided on', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 200, maxLength: 200 }), fc.boolean(), (choices, doubled) => {
        let { state } = transition(newestRules, fresh(policy('act', 'none')), {
          eventId: 'r1',
          kind: 'reported',
          report,
          asOf,
          alarm: true,
        });
        for (const choice of choices) {
          const effect = state.outbox[choice % Math.max(1, state.outbox.length)];
          if (effect === undefined) break;
          state = acknowledge(state, effect.key);
          const possible = answers(effect, state);
          const event = possible[choice % Math.max(1, possible.length)];
          if (event === undefined) continue;
          for (const one of doubled ? [event, event] : [event]) ({ state } = transition(newestRules, state, one));
        }
        expect(state.outbox).toEqual([]);
        expect(['idle', 'needs-attention']).toContain(state.phase.at);
      }),
      { numRuns: 500 },
    );
  });
});
