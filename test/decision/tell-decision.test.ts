import { expect, it } from 'vitest';
import { decide } from '../../domain/decision/decide.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { tellBecause, tellDecision } from '../../domain/decision/tell-decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId } from '../../domain/identity/names.ts';
import { asGood, asked, moved, policyWith, report, worse } from './decision-material.ts';

const lines = { '/performance/drop': { file: 'anchorwatch.yaml', line: 12, column: 3 } };
const tellOf = (input: ReturnType<typeof asked>, recomputed?: 'same' | 'differs') => {
  const decision: Decision = { ...decide(input), id: 'id' as DecisionId };
  return tellDecision(decision, { lines, ...(recomputed && { recomputed }) });
};
const { state } = asked();

it('given a retraining, when it is told, then under each reason stands its policy line, and what would have changed it follows', () => {
  const reports = [report('2011-05-09', [worse, { ...moved, critical: false }])];
  expect(tellOf(asked({ reports, state: { ...state, attempts: [eventTime('2011-04-01')] } }), 'same')).toBe(
    `
bike-demand  2011-05-09  retrain (full)
  mean error 82.4, anchor 30.3: +172% relative (alarm at 3%).
    policy: performance.drop  anchorwatch.yaml:12
  Performance and inputs failed in one report: that they agree makes chance less likely.
    evidence: 000000000000…
  temp moved 0.4 PSI (alarm at 0.25).
    policy: watch.effects.psi  default
  Throttle: last attempt 2011-04-01, minimum interval 7 d, free since 2011-04-08.
    policy: retrain.throttle.betweenDays  default
Would have been different: mae (drop) at 31.2 instead of 82.4.
Recomputed from the recorded inputs: the same decision.`.trimStart(),
  );
});

it('given nothing to do, when it is told, then the nearest threshold says what would have', () => {
  expect(tellOf(asked({ reports: [report('2011-05-09', [asGood])] }))).toMatch(
    / nothing\n.*\n.*\nWould have been different: mae \(drop\) at 31\.2 instead of 30\.6\.$/,
  );
});

it('given a throttled decision, when it is told, then it says until when and what was wanted', () => {
  const input = asked({ state: { ...state, attempts: [eventTime('2011-05-04')] } });
  expect(tellOf(input)).toMatch(/^bike-demand {2}2011-05-09 {2}throttled until 2011-05-11 \(wanted: retrain\)\n/);
  expect(tellOf(input)).toMatch(/Would have been different: asked on 2011-05-11 or later\.$/);
  expect(tellBecause(decide(input))).toBe(
    `Throttle: last attempt 2011-05-04, minimum interval 7 d, free from 2011-05-11. Wanted: ${worse.says}`,
  );
});

it('given a person asked, when it is told, then no number would have changed it', () => {
  const request = { kind: 'retrain', emergency: true, who: 'ana', reason: 'strike' } as const;
  expect(tellOf(asked({ request, source: 'emergency' }))).not.toContain('Would have been different');
});

it('given another decision today, when it is told, then that cannot be missed', () => {
  expect(tellOf(asked(), 'differs')).toContain('ANOTHER decision');
});

it('given a mode that only watches, when the reason is told, then it says what would have been', () => {
  expect(tellBecause(decide(asked({ policy: policyWith({ mode: 'watch' }) })))).toBe(
    `${worse.says} This would have been a retraining, but mode watch tells and does not act.`,
  );
});
