import { describe, expect, it } from 'vitest';
import { standard } from '../../domain/policy/standard.ts';
import type { Judgement } from '../../domain/report/report.ts';
import { sayUrgency } from '../../domain/report/say-urgency.ts';
import { severityOf } from '../../domain/report/severity-of.ts';
import { moved, worse } from '../decision/decision-material.ts';

const table = standard.severity;
const of = (...judgements: readonly Judgement[]) => severityOf('fail', judgements, table);
const p = (priority: string, severity = 'red') => ({ severity, urgency: { priority, answerWithinHours: expect.any(Number) } });
const dropTo = (value: number, accuracy?: number): Judgement => ({
  ...worse,
  subject: 'accuracy',
  value,
  reference: 0.9,
  threshold: 0.873,
  statistics: accuracy === undefined ? {} : { accuracy },
});
const nulls: Judgement = { ...moved, layer: 'quality', statistic: 'nulls', statistics: { share: 0.6 }, critical: true };

describe('given the table of the preset', () => {
  it('when nothing failed, then a pass is green and doubt is yellow, without urgency', () => {
    const passed: Judgement = { ...worse, outcome: 'pass' };
    expect(severityOf('pass', [passed], table)).toEqual({ severity: 'green' });
    expect(severityOf('inconclusive', [passed], table)).toEqual({ severity: 'yellow' });
    expect(severityOf('pass', [], table)).toEqual({ severity: 'green' });
  });

  it('when a metric passed and is slipping, then it is yellow, without urgency', () => {
    const slipping: Judgement = { ...worse, outcome: 'pass', slipping: true };
    expect(severityOf('pass', [{ ...worse, outcome: 'pass' }, slipping], table)).toEqual({ severity: 'yellow' });
    expect(severityOf('fail', [moved, slipping], table)).toEqual(p('P2'));
  });

  it('when more than half of the answers were wrong, then it is P0, whatever metric alarmed', () => {
    expect(of(dropTo(0.5))).toEqual({ severity: 'red', urgency: { priority: 'P0', answerWithinHours: 0.25 } });
    expect(of({ ...dropTo(0.88, 0.49), subject: 'rocAuc' })).toEqual(p('P0'));
    expect(of(dropTo(0.51))).toEqual(p('P1'));
  });

  it('when half of the rows lack a critical column, then it is P0; of another column it is an alarm like others', () => {
    expect(of(nulls)).toEqual(p('P0'));
    expect(of({ ...nulls, critical: false })).toEqual(p('P2'));
  });

  it('when the metric is a fifth worse than its anchor, then it is P1, from there on and not before', () => {
    expect(of(dropTo(0.72))).toEqual(p('P1'));
    expect(of(dropTo(0.721))).toEqual(p('P2'));
    expect(of({ ...worse, value: 30.3 * 1.2 })).toEqual(p('P1'));
    expect(of({ ...worse, value: 30.3 * 1.19 })).toEqual(p('P2'));
  });

  it('when evidence for a change is large, then that alone says nothing of how much worse it is', () => {
    expect(of({ ...worse, statistic: 'change', value: 1e6, reference: 0, threshold: 360 })).toEqual(p('P2'));
  });

  it('when what failed only explains, then it is P3, yellow', () => {
    expect(of({ ...dropTo(0.4), statistic: 'trend', critical: false })).toEqual(p('P3', 'yellow'));
    expect(of({ ...moved, critical: false })).toEqual(p('P3', 'yellow'));
    expect(of({ ...moved, critical: true })).toEqual(p('P2'));
  });

  it('when several failed, then the most urgent holds', () => {
    expect(of({ ...moved, critical: false }, nulls, dropTo(0.88))).toEqual(p('P0'));
  });
});

it('given a table of one’s own, when drift is to wait and a drop in points is not, then it is so', () => {
  const own = {
    ...table,
    P1: { when: [{ of: 'worse', by: { by: 0.05, of: 'points' } }], answerWithinHours: 2 },
    P2: { when: [{ of: 'layer', layer: 'performance' }], answerWithinHours: 8 },
  } as const;
  expect(severityOf('fail', [dropTo(0.85)], own)).toEqual({ severity: 'red', urgency: { priority: 'P1', answerWithinHours: 2 } });
  expect(severityOf('fail', [dropTo(0.86)], own).urgency?.priority).toBe('P2');
  expect(severityOf('fail', [moved], own)).toEqual({ severity: 'yellow', urgency: { priority: 'P3', answerWithinHours: 24 } });
});

it('given an urgency, when it is said, then in minutes under an hour', () => {
  expect(sayUrgency({ priority: 'P0', answerWithinHours: 0.25 })).toBe('P0: answer within 15 min');
  expect(sayUrgency({ priority: 'P2', answerWithinHours: 4 })).toBe('P2: answer within 4 h');
});
