import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../domain/backtest/runs-of.ts';
import type { Action } from '../../domain/decision/decision.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { acknowledge } from '../../domain/lifecycle/acknowledge.ts';
import type { AlarmAnswer } from '../../domain/lifecycle/alarm.ts';
import { episodesOf } from '../../domain/lifecycle/alarms-by-episode.ts';
import { isOpen } from '../../domain/lifecycle/episode.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules, type Rules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';

const first = eventTime('2011-05-09');
const fresh = firstState(
  'bike' as ModelName,
  { digest: 'c'.repeat(64) as Digest, folder: '/bikes', mode: 'act', approval: 'none' },
  'replay',
  first,
);
const reportOf = (made: number) => made.toString(16).padStart(64, '0') as Digest;

type Said = 'alarm' | 'quiet' | 'unknown';
interface Look {
  readonly day: number;
  readonly hour: number;
  readonly says: Said;
  readonly about: readonly string[];
  readonly version?: Version;
}

const reported = (made: number, { day, hour, says, about, version }: Look): LifecycleEvent => ({
  eventId: `reported-${made}`,
  kind: 'reported',
  report: reportOf(made),
  asOf: plusDays(first, day + hour / 24),
  alarm: says === 'alarm',
  ...(says === 'alarm' ? { subjects: about } : {}),
  ...(says === 'unknown' ? { inconclusive: true } : {}),
  ...(version === undefined ? {} : { version }),
});

const says = fc.constantFrom<Said>('alarm', 'quiet', 'unknown');

describe('looks that nobody says anything of', () => {
  /** Days apart, hours within a day in order, where the same hour again is the look made again. */
  const looks = fc.array(fc.record({ newDay: fc.boolean(), later: fc.boolean(), says }), { minLength: 5, maxLength: 50 }).map((steps) => {
    let [day, hour] = [0, 0];
    return steps.map(({ newDay, later, says }): Look => {
      [day, hour] = newDay ? [day + 1, 0] : [day, hour + (later ? 0.25 : 0)];
      return { day, hour, says, about: ['performance/mae'] };
    });
  });

  const asMadeLast = (given: readonly Look[]) =>
    [...new Map(given.map((look) => [`${look.day} ${look.hour}`, look])).values()].map((look) => ({
      ...look,
      asOf: plusDays(first, look.day + look.hour / 24),
    }));

  it('make the episodes that a backtest makes of the same looks', () => {
    fc.assert(
      fc.property(looks, (given) => {
        const state = given.reduce((before, look, made) => transition(newestRules, before, reported(made, look)).state, fresh);
        const found = episodesOf(state.alarms ?? []);
        const runs = runsOf(asMadeLast(given), ({ says }) => (says === 'unknown' ? undefined : says === 'alarm'));
        const days = (time: string) => (Date.parse(time.slice(0, 10)) - Date.parse(first)) / 86_400_000;
        expect(found.map(({ first: from, last, looks: count }) => [days(from), days(last), count])).toEqual(
          runs.map((run) => [run[0]?.day, run.at(-1)?.day, new Set(run.map(({ day }) => day)).size]),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('whatever is looked at, decided, said and heard twice', () => {
  const subjects = fc.subarray(['performance/mae', 'inputs/temp', 'inputs/hum'], { minLength: 1 });
  const action = fc.constantFrom<Action>(
    { kind: 'nothing' },
    { kind: 'watch' },
    { kind: 'escalate' },
    { kind: 'investigate-data' },
    { kind: 'throttled', until: first, wanted: 'retrain' },
  );
  type Step =
    | { readonly is: 'look'; readonly pause: number; readonly says: Said; readonly about: string[]; readonly version: Version }
    | { readonly is: 'decision'; readonly action: Action; readonly alarm: boolean }
    | { readonly is: 'answer'; readonly of: number; readonly kind: AlarmAnswer['kind']; readonly days: number; readonly about: string[] };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      is: fc.constant('look' as const),
      pause: fc.constantFrom(0, 0.25, 1),
      says,
      about: subjects,
      version: fc.constantFrom('1' as Version, '1' as Version, '2' as Version),
    }),
    fc.record({ is: fc.constant('decision' as const), action, alarm: fc.boolean() }),
    fc.record({
      is: fc.constant('answer' as const),
      of: fc.nat(3),
      kind: fc.constantFrom<AlarmAnswer['kind']>('real', 'false', 'expected'),
      days: fc.nat(4),
      about: subjects,
    }),
  );

  interface Lived {
    readonly before: LifecycleState;
    readonly event: LifecycleEvent;
    readonly after: LifecycleState;
    readonly told: number;
  }

  function live(steps: readonly Step[], rules: (made: number) => Rules): Lived[] {
    const lived: Lived[] = [];
    let [state, day] = [fresh, 0];
    for (const [made, given] of steps.entries()) {
      if (given.is === 'look') day += given.pause;
      const event = eventOf(made, given, state, day);
      if (event === undefined) continue;
      const { state: after, effects } = transition(rules(made), state, event);
      expect(transition(rules(made), after, event)).toEqual({ state: after, effects: [] });
      lived.push({ before: state, event, after, told: effects.filter(({ kind }) => kind === 'notify').length });
      state = effects.reduce((now, { key }) => acknowledge(now, key), after);
    }
    return lived;
  }

  function eventOf(made: number, given: Step, state: LifecycleState, day: number): LifecycleEvent | undefined {
    switch (given.is) {
      case 'look':
        return reported(made, { day: Math.floor(day), hour: (day % 1) * 24, ...given });
      case 'decision': {
        const asOf = state.asOf ?? first;
        return {
          eventId: `decided-${made}`,
          kind: 'decided',
          decision: `${asOf}-${made}` as DecisionId,
          digest: reportOf(made),
          action: given.action,
          asOf,
          stateRevision: state.revision,
          because: 'worse',
          source: 'report',
          ...(given.alarm ? { alarm: true } : {}),
        };
      }
      case 'answer': {
        const alarm = state.alarms?.at(-1 - given.of);
        if (alarm === undefined) return undefined;
        const answer: AlarmAnswer =
          given.kind === 'expected' ? { kind: 'expected', until: plusDays(alarm.asOf, given.days) } : { kind: given.kind };
        return { eventId: `answer-${made}`, kind: 'acknowledged', report: alarm.report, answer, subjects: given.about, who: 'ann' };
      }
    }
  }

  function law(says: string, rules: (made: number) => Rules, holds: (lived: Lived[]) => void): void {
    it(says, () => {
      const steps = fc.array(step, { minLength: 10, maxLength: 80 });
      fc.assert(
        fc.property(steps, (given) => holds(live(given, rules))),
        { numRuns: 500 },
      );
    });
  }

  const always = (): Rules => newestRules;
  const openIn = ({ episode }: LifecycleState) => (episode !== undefined && isOpen(episode) ? episode.number : undefined);
  const falseAlarmsOf = ({ checks }: LifecycleState) => checks?.falseAlarms ?? 0;

  law('of an alarm people hear at most once for each kind of action, until its episode closes', always, (lived) => {
    let heard: string[] = [];
    for (const { before, event, after, told } of lived) {
      if (openIn(after) !== openIn(before)) heard = [];
      if (event.kind !== 'decided' || !event.alarm || after.episode === undefined) continue;
      if (told > 0) heard.push(['nothing', 'watch'].includes(event.action.kind) ? 'alarm' : event.action.kind);
      expect(new Set(heard).size).toBe(heard.length);
    }
  });

  law('the first decision on an open episode is always told when there is something to do', always, (lived) => {
    for (const { before, event, told } of lived) {
      if (event.kind !== 'decided' || !event.alarm) continue;
      if (openIn(before) !== undefined && before.episode?.told.length === 0) expect(told).toBe(1);
    }
  });

  law('false alarms are no more than episodes', always, (lived) => {
    for (const { after } of lived) expect(falseAlarmsOf(after)).toBeLessThanOrEqual(after.episode?.number ?? 0);
  });

  law('what is said of an alarm is said of all of its episode, and stays', always, (lived) => {
    for (const { before, event, after } of lived) {
      for (const { report, answer } of before.alarms ?? []) {
        const later = after.alarms?.find((alarm) => alarm.report === report);
        if (answer !== undefined && later !== undefined) expect(later.answer).toEqual(answer);
      }
      if (event.kind !== 'acknowledged' || before.alarms?.find(({ report }) => report === event.report)?.answer !== undefined) continue;
      const meant = after.alarms?.find(({ report }) => report === event.report)?.episode?.number;
      for (const { episode, answer } of after.alarms ?? []) if (episode?.number === meant) expect(answer).toBeDefined();
    }
  });

  law('an episode that closes is told so once, if people had heard of it', always, (lived) => {
    for (const { before, event, after, told } of lived) {
      if (event.kind !== 'reported') continue;
      const closes = openIn(before) !== undefined && openIn(after) === undefined;
      expect(told).toBe(closes && (before.episode?.told.length ?? 0) > 0 ? 1 : 0);
    }
  });

  law(
    'under rules 1 each alarm is told and each that is false is counted, and no episode is known',
    () => 1,
    (lived) => {
      for (const { before, event, after, told } of lived) {
        expect(after.episode).toBeUndefined();
        if (event.kind === 'decided' && event.alarm) expect(told).toBe(1);
        if (event.kind !== 'acknowledged' || event.answer.kind !== 'false') continue;
        const isFirst = before.alarms?.find(({ report }) => report === event.report)?.answer === undefined;
        expect(falseAlarmsOf(after) - falseAlarmsOf(before)).toBe(isFirst ? 1 : 0);
      }
    },
  );

  law(
    'a run of the newest rules keeps what one of rules 1 knew, and counts its alarms one by one',
    (made) => (made < 30 ? 1 : newestRules),
    (lived) => {
      const last = lived.findLast(({ after }) => after.episode === undefined)?.after;
      const known = last?.alarms ?? [];
      for (const { after } of lived.filter(({ after }) => after.episode !== undefined)) {
        for (const { report, asOf } of known.filter(({ answer }) => answer !== undefined))
          expect(after.alarms?.find((alarm) => alarm.report === report)).toMatchObject({ asOf });
        expect(falseAlarmsOf(after)).toBeLessThanOrEqual(
          (last === undefined ? 0 : falseAlarmsOf(last) + known.length) + (after.episode?.number ?? 0),
        );
      }
    },
  );
});
