import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DecideInput, decide } from '../../domain/decision/decide.ts';
import type { Action } from '../../domain/decision/decision.ts';
import { type Expectations, expectedUntil } from '../../domain/decision/expectation.ts';
import { reportsInForce } from '../../domain/decision/recorded-report.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { daysBetween, type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { Signal } from '../../domain/report/report.ts';
import { asked, policyWith, report, signal } from '../decision/decision-material.ts';

const start = eventTime('2011-01-01');
const day = fc.integer({ min: 0, max: 60 }).map((days) => plusDays(start, days));
const signals = fc.array(
  fc.record({
    layer: fc.constantFrom<Signal['layer']>('quality', 'performance', 'inputs', 'predictions'),
    outcome: fc.constantFrom<Signal['outcome']>('pass', 'fail', 'inconclusive'),
    severity: fc.constantFrom<Signal['severity']>('green', 'yellow', 'red'),
    critical: fc.boolean(),
    value: fc.double({ min: 0, max: 100, noNaN: true }),
    reference: fc.double({ min: 1, max: 100, noNaN: true }),
  }),
  { maxLength: 5 },
);

const inputs: fc.Arbitrary<DecideInput> = fc
  .record({
    mode: fc.constantFrom('watch', 'advise', 'act'),
    trains: fc.boolean(),
    everyDays: fc.option(fc.integer({ min: 7, max: 60 }), { nil: undefined }),
    inARow: fc.integer({ min: 1, max: 3 }),
    betweenDays: fc.integer({ min: 1, max: 20 }),
    attempts: fc.record({ atMost: fc.integer({ min: 1, max: 4 }), perDays: fc.integer({ min: 5, max: 60 }) }),
    past: fc.array(day, { maxLength: 6 }),
    phase: fc.constantFrom('idle', 'idle', 'idle', 'retraining', 'rolling-out', 'needs-attention', 'retired'),
    paused: fc.boolean(),
    expected: fc.option(fc.dictionary(fc.constantFrom('quality/temp', 'performance/temp', 'inputs/temp'), day), { nil: undefined }),
    champion: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
    previous: fc.option(fc.constant('0'), { nil: undefined }),
    asOf: day,
    reports: fc.array(fc.tuple(day, signals), { maxLength: 4 }),
    request: fc.option(fc.record({ kind: fc.constantFrom('retrain', 'roll-back'), emergency: fc.boolean() }), { nil: undefined }),
  })
  .map(
    ({
      mode,
      trains,
      everyDays,
      inARow,
      betweenDays,
      attempts,
      past,
      phase,
      paused,
      expected,
      champion,
      previous,
      asOf,
      reports,
      request,
    }) =>
      asked({
        policy: policyWith({
          mode,
          training: trains ? { command: 'train' } : undefined,
          retrain: {
            everyDays,
            triggers: [
              { on: 'performance', consecutiveReports: inARow },
              { on: 'drift', criticalColumns: 1, consecutiveReports: 3 },
            ],
            throttle: { betweenDays, attempts },
          },
        }),
        state: {
          revision: 1,
          phase,
          paused,
          attempts: [...past].sort(),
          ...(expected && { expected }),
          ...(champion && { champion: champion as Version }),
          ...(previous && { previous: previous as Version }),
        },
        asOf,
        reports: reports.map(([at, found]) =>
          report(
            at,
            found.map((one) => signal(one)),
          ),
        ),
        ...(request && { request: { ...request, who: 'ana', reason: 'asked' } }),
      }),
  );

const law = (says: string, holds: (input: DecideInput) => void) =>
  it(says, () =>
    fc.assert(
      fc.property(inputs, (input) => void holds(input)),
      { numRuns: 500 },
    ),
  );

law('the same input gives the same decision, and is left as it was', (input) => {
  const before = structuredClone(input);
  expect(canonicalJson(decide(input))).toBe(canonicalJson(decide(structuredClone(input))));
  expect(input).toEqual(before);
});

law('every decision has a reason', (input) => {
  expect(decide(input).reasons.length).toBeGreaterThan(0);
});

law('nothing is retrained while paused or busy, in mode watch, or without a training program', (input) => {
  if (decide(input).action.kind !== 'retrain') return;
  expect(input.state.paused).toBe(false);
  expect(input.state.phase).toBe('idle');
  expect(input.policy.mode).not.toBe('watch');
  expect(input.policy.training).toBeDefined();
});

law('nothing is retrained within the throttle, but for an emergency', (input) => {
  if (decide(input).action.kind !== 'retrain' || input.request?.emergency) return;
  const { betweenDays, attempts } = input.policy.retrain.throttle;
  const ages = input.state.attempts.map((attempt) => daysBetween(attempt, input.asOf));
  for (const age of ages) expect(age).toBeGreaterThanOrEqual(betweenDays);
  expect(ages.filter((age) => age < attempts.perDays).length).toBeLessThan(attempts.atMost);
});

law('what is throttled is free at the time it names, and not a day earlier', (input) => {
  const { action } = decide(input);
  if (action.kind !== 'throttled') return;
  const reports = input.reports.filter(({ report }) => report.asOf <= input.asOf);
  const state = { ...input.state, expected: stillExpected(input, action.until) };
  const later = (asOf: typeof input.asOf) => decide({ ...input, state, asOf, reports }).action.kind;
  expect(later(action.until)).toBe('retrain');
  const dayBefore = plusDays(action.until, -1);
  if (dayBefore >= input.asOf) expect(later(dayBefore)).toBe('throttled');
});

/** What is expected as of the input, expected to the time given: an expectation that runs out lets its alarm decide anew. */
function stillExpected({ state, asOf }: DecideInput, until: EventTime): Expectations {
  const held = Object.keys(state.expected ?? {}).filter((subject) => expectedUntil(state.expected, subject, asOf) !== undefined);
  return Object.fromEntries(held.map((subject) => [subject, until]));
}

law('an emergency that can be done is done', (input) => {
  const emergency = decide({ ...input, request: { kind: 'retrain', emergency: true, who: 'ana', reason: 'now' } });
  const can = input.state.phase === 'idle' && !input.state.paused && input.policy.training !== undefined && input.policy.mode !== 'watch';
  expect(emergency.action.kind === 'retrain').toBe(can);
});

const rank: Record<Action['kind'], number> = {
  nothing: 0,
  watch: 1,
  throttled: 2,
  retrain: 2,
  'investigate-data': 2,
  escalate: 2,
  'roll-back': 2,
};

law('a signal that turns worse never calls for less', (input) => {
  const worsened = (found: readonly Signal[]) =>
    found.map((one, index) => (index === 0 ? { ...one, outcome: 'fail' as const, severity: 'red' as const } : one));
  const worse = {
    ...input,
    reports: input.reports.map(({ digest, report }) => ({ digest, report: { ...report, signals: worsened(report.signals) } })),
  };
  expect(rank[decide(worse).action.kind]).toBeGreaterThanOrEqual(rank[decide(input).action.kind]);
});

law('reports of another version or of later days change no action', (input) => {
  const foreign = report(input.asOf, [signal({ layer: 'performance', outcome: 'fail', severity: 'red' })], '9');
  const later = report(plusDays(input.asOf, 1), [signal({ layer: 'quality', outcome: 'fail', severity: 'red' })]);
  const more = [...input.reports, later, ...(input.state.champion === undefined ? [] : [foreign])];
  expect(decide({ ...input, reports: more }).action).toEqual(decide(input).action);
});

law('what is expected decides as if it were not there, and is told', (input) => {
  const { expected, ...state } = input.state;
  const isExpected = ({ layer, subject, outcome }: Signal) => {
    const until = expected?.[`${layer}/${subject}`];
    return outcome === 'fail' && until !== undefined && daysBetween(input.asOf, until) >= 0;
  };
  const without = input.reports.map(({ digest, report }) => ({
    digest,
    report: { ...report, signals: report.signals.filter((one) => !isExpected(one)) },
  }));
  const { action, reasons } = decide(input);
  expect(action).toEqual(decide({ ...input, state, reports: without }).action);
  const told = reasons.filter(({ code }) => code === 'expected');
  for (const { says } of told) expect(says).toMatch(/^Expected until 2011-0\d-\d\d: /);
  const newest = reportsInForce(input.reports, input.asOf, input.state.champion).at(-1);
  if (input.request?.kind !== 'roll-back') expect(told.length).toBe((newest?.report.signals ?? []).filter(isExpected).length);
});

law('what retrains on performance in several reports in a row retrains on it in one', (input) => {
  const asking = (consecutiveReports: number) => {
    const { policy } = input;
    return decide({
      ...input,
      policy: { ...policy, retrain: { ...policy.retrain, triggers: [{ on: 'performance', consecutiveReports }] } },
    });
  };
  if (asking(2).action.kind === 'retrain') expect(asking(1).action.kind).toBe('retrain');
});
