import { describe, expect, it } from 'vitest';
import { decide } from '../../domain/decision/decide.ts';
import { tellBecause } from '../../domain/decision/tell-decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { Signal } from '../../domain/report/report.ts';
import { asGood, asked, badData, moved, policyWith, report, signal, trending, worse } from './decision-material.ts';

const { state } = asked();
const codes = (input: ReturnType<typeof asked>) => decide(input).reasons.map(({ code }) => code);
const kind = (input: ReturnType<typeof asked>) => decide(input).action.kind;
const person = { kind: 'retrain', emergency: false, who: 'ana', reason: 'new season' } as const;

describe('given a model that became worse', () => {
  it('when nothing stands against it, then it is retrained, with number, evidence, policy line and nearest flip', () => {
    const input = asked();
    const { action, reasons, madeFrom } = decide(input);
    expect(action).toEqual({ kind: 'retrain', strategy: 'full' });
    expect(reasons[0]).toEqual({
      code: 'performance',
      says: worse.says,
      evidence: input.reports[0]?.digest,
      policyPath: '/performance/drop',
      nearestFlip: { value: 82.4, threshold: 31.209, says: 'mae (drop) at 31.2 instead of 82.4' },
    });
    expect(madeFrom).toEqual([input.policyDigest, input.reports[0]?.digest]);
  });

  it('when it did so in a slice that has its own limit, then the flip names the slice', () => {
    const inSlice = { ...worse, segment: 'plan=pro', policyPath: '/performance/segments/plan=pro' };
    const [, reason] = decide(asked({ reports: [report('2011-05-09', [worse, inSlice])] })).reasons;
    expect(reason?.nearestFlip?.says).toBe('mae in plan=pro (drop) at 31.2 instead of 82.4');
  });

  it('when its report knows the cause, then that explains, with the report as evidence', () => {
    const known = report('2011-05-09', [worse]);
    const cause = { kind: 'concept', inputs: 2, moved: [], unclear: [], says: 'Concept drift: the inputs are steady.' } as const;
    const { action, reasons } = decide(asked({ reports: [{ ...known, report: { ...known.report, cause } }] }));
    expect(action.kind).toBe('retrain');
    expect(reasons.slice(1)).toEqual([
      { code: 'cause', says: cause.says, evidence: known.digest },
      { code: 'remedy', says: expect.stringContaining('another design'), evidence: known.digest },
    ]);
  });

  it('when inputs moved as well, then it is told that both layers agree, and it is decided as before', () => {
    const both = report('2011-05-09', [worse, moved]);
    const { action, reasons } = decide(asked({ reports: [both] }));
    expect(action.kind).toBe('retrain');
    expect(reasons).toContainEqual({
      code: 'agreement',
      says: 'Performance and inputs failed in one report: that they agree makes chance less likely.',
      evidence: both.digest,
    });
    expect(codes(asked())).not.toContain('agreement');
  });

  it('when the data are bad too, then the data come first', () => {
    const reports = [report('2011-05-09', [worse, badData])];
    expect(kind(asked({ reports }))).toBe('investigate-data');
    expect(kind(asked({ reports, request: person, source: 'operator' }))).toBe('investigate-data');
    expect(kind(asked({ reports, request: { ...person, emergency: true }, source: 'emergency' }))).toBe('retrain');
  });

  it('when it is paused or busy, then nothing is done and the reason is told first', () => {
    expect(kind(asked({ state: { ...state, paused: true } }))).toBe('nothing');
    expect(codes(asked({ state: { ...state, paused: true } }))).toEqual(['paused', 'performance']);
    expect(codes(asked({ state: { ...state, phase: 'rolling-out' } }))).toEqual(['busy', 'performance']);
  });

  it('when the mode is watch, then a person is told what would have been done', () => {
    const { action, reasons } = decide(asked({ policy: policyWith({ mode: 'watch' }) }));
    expect(action.kind).toBe('escalate');
    expect(reasons.at(-1)).toMatchObject({
      code: 'cannot-train',
      policyPath: '/mode',
      says: expect.stringContaining('would have been a retraining'),
    });
  });

  it('when only an older report says so, or one of another version, then nothing is done', () => {
    expect(kind(asked({ reports: [report('2011-05-02', [worse]), report('2011-05-09', [asGood])] }))).toBe('nothing');
    expect(codes(asked({ reports: [report('2011-05-09', [worse], '0')] }))).toEqual(['no-report']);
    expect(codes(asked({ reports: [report('2011-05-16', [worse])] }))).toEqual(['no-report']);
  });
});

describe('given a metric that gets worse week by week, and has not dropped yet', () => {
  const reports = [report('2011-05-09', [asGood, trending])];

  it('when the policy retrains on performance, then the trend only warns', () => {
    expect(kind(asked({ reports }))).toBe('watch');
    expect(decide(asked({ reports })).reasons).toContainEqual(expect.objectContaining({ code: 'performance', says: trending.says }));
  });

  it('when the policy names the trend, then the model is retrained, and a drop alone would not do it', () => {
    const policy = policyWith({ retrain: { triggers: [{ on: 'trend' }] } });
    expect(kind(asked({ policy, reports }))).toBe('retrain');
    expect(kind(asked({ policy, reports: [report('2011-05-09', [worse])] }))).toBe('escalate');
  });

  it('when the policy names the change, then a change retrains and a trend does not', () => {
    const policy = policyWith({ retrain: { triggers: [{ on: 'change' }] } });
    const changed = signal({ ...trending, statistic: 'change' });
    expect(kind(asked({ policy, reports: [report('2011-05-09', [changed])] }))).toBe('retrain');
    expect(kind(asked({ policy, reports }))).toBe('watch');
  });
});

describe('given signals with their urgency', () => {
  const grave = { ...worse, urgency: { priority: 'P1', answerWithinHours: 1 } } as const;
  const mild = { ...moved, critical: false, urgency: { priority: 'P3', answerWithinHours: 24 } } as const;
  const of = (...signals: readonly Signal[]) => asked({ reports: [report('2011-05-09', signals)] });

  it('when they are decided on, then the most urgent is told with its line of the policy, and last of the sentence', () => {
    const decision = decide(of(mild, grave));
    expect(decision.reasons).toContainEqual(
      expect.objectContaining({ code: 'urgency', says: 'P1: answer within 1 h.', policyPath: '/severity/P1' }),
    );
    expect(tellBecause(decision)).toBe(`${worse.says} P1: answer within 1 h.`);
  });

  it('when the most urgent is expected, then what is left is told', () => {
    const input = of(mild, grave);
    const { reasons } = decide({ ...input, state: { ...input.state, expected: { 'performance/mae': eventTime('2011-05-09') } } });
    expect(reasons.filter(({ code }) => code === 'urgency')).toMatchObject([{ says: 'P3: answer within 24 h.' }]);
  });
});

describe('given a policy that asks for two reports in a row before it retrains for performance', () => {
  const policy = policyWith({ retrain: { triggers: [{ on: 'performance', consecutiveReports: 2 }, { on: 'trend' }] } });
  const told = (...weeks: (typeof worse)[][]) =>
    decide(
      asked({ policy, reports: weeks.map((signals, week) => report(['2011-04-25', '2011-05-02', '2011-05-09'][week] ?? '', signals)) }),
    );

  it('when it failed once, then it is watched, nobody is called, and it is told how often it failed', () => {
    const { action, reasons } = told([asGood], [worse]);
    expect(action).toEqual({ kind: 'watch' });
    expect(reasons).toContainEqual(
      expect.objectContaining({ code: 'so-far', says: 'Performance failed in 1 report; 2 in a row are asked for.' }),
    );
    expect(reasons[0]?.says).toBe(worse.says);
  });

  it('when it fails again, then the model is retrained; a better one in between begins anew', () => {
    expect(told([worse], [worse]).action.kind).toBe('retrain');
    expect(told([worse], [worse]).reasons.map(({ code }) => code)).not.toContain('so-far');
    expect(told([worse], [asGood], [worse]).action.kind).toBe('watch');
  });

  it('when a report in between could not be judged, then it neither adds nor breaks; where the newest could not, nothing is done', () => {
    const unknown = signal({ ...worse, outcome: 'inconclusive', severity: 'yellow', says: 'no labels have matured.' });
    expect(told([worse], [unknown], [worse]).action.kind).toBe('retrain');
    expect(told([unknown], [unknown], [worse]).action.kind).toBe('watch');
    expect(told([worse], [worse], [unknown]).action.kind).toBe('nothing');
  });

  it('when what waits for nothing fails beside it, then a person is called as ever', () => {
    const unfair = signal({ ...worse, statistic: 'fairness', policyPath: '/fairness/gap' });
    expect(told([worse, unfair]).action.kind).toBe('escalate');
  });

  it('when the one before was expected, then one is left', () => {
    const reports = [report('2011-05-02', [signal({ ...worse, subject: 'rmse' })]), report('2011-05-09', [worse])];
    const expected = { 'performance/rmse': eventTime('2011-05-09') };
    expect(kind(asked({ policy, reports, state: { ...state, expected } }))).toBe('watch');
  });

  it('when a trend the policy names fails, then that is not waited for', () => {
    expect(told([{ ...trending, critical: true }]).action.kind).toBe('retrain');
  });
});

describe('given critical inputs that moved', () => {
  const weeks = ['2011-04-25', '2011-05-02', '2011-05-09'];
  const inARow = (signals: (typeof moved)[][]) => weeks.map((week, index) => report(week, signals[index] ?? []));

  it('when they stay moved for three reports, then the model is retrained', () => {
    const reports = inARow([[moved], [moved], [moved]]);
    expect(kind(asked({ reports }))).toBe('retrain');
    expect(codes(asked({ reports }))[0]).toBe('drift');
  });

  it('when one report in between is quiet, or one is a repeat, then it is only watched', () => {
    expect(kind(asked({ reports: inARow([[moved], [], [moved]]) }))).toBe('watch');
    expect(kind(asked({ reports: [report('2011-05-02', [moved]), report('2011-05-09', [moved]), report('2011-05-09', [moved])] }))).toBe(
      'watch',
    );
  });

  it('when they have not stayed moved for long enough, then the reasons tell for how long, and the report that was repeated counts once', () => {
    const soFar = (reports: ReturnType<typeof inARow>) =>
      decide(asked({ reports })).reasons.flatMap(({ code, says }) => (code === 'so-far' ? [says] : []));
    expect(soFar(inARow([[], [moved], [moved]]))).toEqual(['Critical columns moved in 2 reports in a row; 3 in a row are asked for.']);
    expect(soFar([report('2011-05-09', [moved]), report('2011-05-09', [moved])])).toEqual([
      'Critical columns moved in 1 report; 3 in a row are asked for.',
    ]);
    expect(soFar(inARow([[moved], [moved], [moved]]))).toEqual([]);
    expect(soFar(inARow([[moved], [moved], []]))).toEqual([]);
  });

  it('when they are not critical, then they explain and do not trigger', () => {
    const normal = { ...moved, critical: false };
    const input = asked({ reports: inARow([[normal], [normal], [normal]]) });
    expect(kind(input)).toBe('watch');
    expect(codes(input)).toContain('explains');
  });
});

describe('given an alarm that a person said will come', () => {
  const expecting = (until: string) => ({ ...state, expected: { 'performance/mae': eventTime(until) } });

  it('when it comes by that day, then nothing is decided, and the reasons tell it as expected', () => {
    const input = asked({ state: expecting('2011-05-09') });
    const { action, reasons } = decide(input);
    expect(action).toEqual({ kind: 'nothing' });
    expect(reasons[0]).toEqual({
      code: 'expected',
      says: `Expected until 2011-05-09: ${worse.says}`,
      evidence: input.reports[0]?.digest,
      policyPath: '/performance/drop',
    });
    expect(decide({ ...input, state: input.state })).toEqual(decide(input));
  });

  it('when it comes a day later, then it counts as any other', () => {
    expect(kind(asked({ state: expecting('2011-05-08') }))).toBe('retrain');
  });

  it('when the mode is watch, then nobody is called', () => {
    expect(kind(asked({ policy: policyWith({ mode: 'watch' }), state: expecting('2011-06-01') }))).toBe('nothing');
  });

  it('when something else alarms too, then that decides, and the expected is told last', () => {
    const reports = [report('2011-05-09', [worse, badData])];
    expect(kind(asked({ reports, state: expecting('2011-06-01') }))).toBe('investigate-data');
    expect(codes(asked({ reports, state: expecting('2011-06-01') })).at(-1)).toBe('expected');
  });
});

describe('given attempts before', () => {
  const attemptedOn = (...attempts: string[]) => asked({ state: { ...state, attempts: attempts.map(eventTime) } });

  it('when the last is five days ago, then the next waits for its seventh day', () => {
    const { action, reasons } = decide(attemptedOn('2011-05-04'));
    expect(action).toEqual({ kind: 'throttled', until: eventTime('2011-05-11'), wanted: 'retrain' });
    expect(reasons[0]).toMatchObject({
      code: 'throttle',
      policyPath: '/retrain/throttle/betweenDays',
      nearestFlip: { value: 5, threshold: 7 },
    });
    expect(reasons[0]?.says).toBe('Throttle: last attempt 2011-05-04, minimum interval 7 d, free from 2011-05-11.');
  });

  it('when two lie within thirty days, then the next waits until the first of them is thirty days old', () => {
    const { action, reasons } = decide(attemptedOn('2011-04-20', '2011-04-28'));
    expect(action).toEqual({ kind: 'throttled', until: eventTime('2011-05-20'), wanted: 'retrain' });
    expect(reasons[0]?.policyPath).toBe('/retrain/throttle/attempts');
  });

  it('when the last is exactly seven days ago, then the throttle is free and says since when', () => {
    const { action, reasons } = decide(attemptedOn('2011-05-02'));
    expect(action.kind).toBe('retrain');
    expect(reasons.at(-1)?.says).toBe('Throttle: last attempt 2011-05-02, minimum interval 7 d, free since 2011-05-09.');
  });

  it('when a person asks, then the throttle holds; in an emergency it does not', () => {
    expect(kind({ ...attemptedOn('2011-05-04'), request: person, source: 'operator' })).toBe('throttled');
    expect(kind({ ...attemptedOn('2011-05-04'), request: { ...person, emergency: true }, source: 'emergency' })).toBe('retrain');
  });
});

describe('given nothing wrong', () => {
  const quiet = [report('2011-05-09', [asGood, signal({ value: 0.01 })])];

  it('when it is asked why nothing happened, then the nearest threshold answers', () => {
    const { action, reasons } = decide(asked({ reports: quiet }));
    expect(action.kind).toBe('nothing');
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({ code: 'nearest', says: asGood.says, nearestFlip: { value: 30.6, threshold: 31.209 } });
  });

  it('when a move was large but could be chance, then it is the nearest, and no value alone would have changed it', () => {
    const lucky = signal({ value: 0.4, adjustedPValue: 0.2, says: 'temp moved 0.4 PSI, adjusted p = 0.2.' });
    const { action, reasons } = decide(asked({ reports: [report('2011-05-09', [asGood, lucky])] }));
    expect(action.kind).toBe('nothing');
    expect(reasons).toMatchObject([{ code: 'nearest', says: lucky.says }]);
    expect(reasons[0]?.nearestFlip).toBeUndefined();
  });

  it('when accuracy is held against a floor, then nearness counts downwards', () => {
    const policy = policyWith({ task: { kind: 'classification' }, performance: { floor: 0.8 } });
    const floor = signal({
      layer: 'performance',
      subject: 'accuracy',
      statistic: 'floor',
      value: 0.81,
      threshold: 0.8,
      says: 'accuracy 0.81',
    });
    const { reasons } = decide(asked({ policy, reports: [report('2011-05-09', [signal({ value: 0.2 }), floor])] }));
    expect(reasons).toMatchObject([{ code: 'nearest', says: 'accuracy 0.81', nearestFlip: { value: 0.81, threshold: 0.8 } }]);
  });

  it('when performance could not be judged, then what is missing is told', () => {
    const unknown = signal({ ...asGood, outcome: 'inconclusive', severity: 'yellow', says: 'no labels have matured.' });
    expect(codes(asked({ reports: [report('2011-05-09', [unknown])] }))).toEqual(['inconclusive']);
  });

  it('when only a warning could not be judged yet, then that is no reason', () => {
    const young = signal({ ...trending, outcome: 'inconclusive', severity: 'yellow', says: 'needs 8 weeks with outcomes.' });
    expect(codes(asked({ reports: [report('2011-05-09', [asGood, young])] }))).not.toContain('inconclusive');
  });

  it('when the schedule is due, then the model is retrained', () => {
    const policy = policyWith({ retrain: { everyDays: 30 } });
    const since = (attempt: string) => asked({ policy, reports: quiet, state: { ...state, attempts: [eventTime(attempt)] } });
    expect(codes(since('2011-04-09'))).toEqual(['schedule', 'throttle']);
    expect(kind(since('2011-04-10'))).toBe('nothing');
  });

  it('when there is no model yet, then the first one is trained, unless the mode is watch', () => {
    const { champion: _none, ...untrained } = state;
    expect(codes(asked({ reports: [], state: untrained }))).toEqual(['first-model']);
    expect(kind(asked({ reports: [], state: untrained, policy: policyWith({ mode: 'watch' }) }))).toBe('nothing');
  });
});

describe('given a person who asks for a roll-back', () => {
  const request = { kind: 'roll-back', emergency: false, who: 'ana', reason: 'complaints' } as const;

  it('when there is a previous version, then it is gone back to, also while paused', () => {
    const before = { ...state, previous: '0' as Version, paused: true };
    expect(decide(asked({ request, state: before })).action).toEqual({ kind: 'roll-back', to: '0' });
  });

  it('when there is none, then a person must look', () => {
    expect(kind(asked({ request }))).toBe('escalate');
  });
});
