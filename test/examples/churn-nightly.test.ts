import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, Signal } from '../../domain/report/report.ts';
import { openWatchedExample, type WatchedExample } from './watched-example.ts';

/** The night from which a long tenure keeps nobody any more. */
const planted = '2024-04-22';

describe('churn-nightly, in which a relation was planted to change and no input was', () => {
  let example: WatchedExample;

  beforeAll(async () => {
    example = await openWatchedExample('churn-nightly');
  });
  afterAll(() => example.close());

  const of = (layer: Signal['layer'], { signals }: Report) => signals.filter((signal) => signal.layer === layer);
  const outcomes = (signals: readonly Signal[]) => [...new Set(signals.map(({ outcome }) => outcome))];

  it('given eight weeks whose labels are not all known, when the baseline is taken, then the answer says what it waits for', async () => {
    const taken = await example.takeBaseline('2024-03-20');
    expect(taken).toMatchObject({ outcome: 'inconclusive' });
    expect(taken.says).toContain('mature at 2024-03-27');
  });

  it('given their labels, when the baseline is taken, then every row of it has its outcome', async () => {
    const taken = await example.takeBaseline('2024-04-01');
    expect(taken.says).toBe('Baseline of 16640 rows of production on 56 days from 2024-01-01 to 2024-02-25, 16640 with their outcome.');
  });

  it('given the night before the change, when it is checked, then all is steady', async () => {
    const { outcome, body } = await example.check(planted);
    expect(outcome).toBe('pass');
    expect(body.severity).toBe('green');
  });

  it('given the change is four weeks old and its labels immature, when it is checked, then nothing is known of it', async () => {
    const { outcome, body } = await example.check('2024-05-20');
    expect(outcome).toBe('pass');
    expect(body.cause).toBeUndefined();
    const estimate = of('performance', body).find(({ statistic }) => statistic === 'estimate');
    expect(estimate).toMatchObject({ outcome: 'inconclusive', missing: 'outcomes' });
    expect(estimate?.says).toContain('only outcomes can tell whether scores still mean what they meant');
  });

  it('given a week of labels after the change, when it is checked, then performance alarms and is told to be concept drift', async () => {
    const { outcome, says, body } = await example.check('2024-05-29');
    expect(outcome).toBe('fail');
    expect(of('performance', body)[0]).toMatchObject({ subject: 'rocAuc', statistic: 'drop', outcome: 'fail' });
    const estimate = of('performance', body).find(({ statistic }) => statistic === 'estimate');
    expect(estimate?.missing).toMatch(/a calibration error of at most .* and newest outcomes like those before/);
    expect(outcomes(of('inputs', body))).toEqual(['pass']);
    expect(outcomes(of('predictions', body))).toEqual(['pass']);
    expect(new Set([...of('inputs', body), ...of('predictions', body)].map(({ history }) => history?.length))).toEqual(new Set([9]));
    const tenure = of('inputs', body).find(({ subject }) => subject === 'tenure_months')?.statistics;
    expect(Math.abs((tenure?.explainsPredictions as number) - (tenure?.explainsPredictionsInBaseline as number))).toBeLessThan(0.1);
    const drop = of('performance', body)[0]?.statistics;
    expect(drop?.sureAnswersRight).toBeLessThan((drop?.sureAnswersRightInBaseline as number) - 0.05);
    expect(body.errors?.ranges[0]).toMatchObject({ column: 'predicted', where: '= 1' });
    expect(body.errors?.kinds[0]?.kind).toBe('0 taken for 1');
    expect(body.cause).toMatchObject({ kind: 'concept', inputs: 4, moved: [], unclear: [] });
    expect(says[0]).toMatch(/^ROC AUC .* Concept drift: the inputs of these rows are steady, the outcomes are not \(none of 4 moved/);
    expect(says[1]).toMatch(/^Nothing moved beyond its past/);
  });
});
