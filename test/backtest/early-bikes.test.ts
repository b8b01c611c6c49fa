import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../scripts/backtest/run-backtest.ts';
import { loadPolicyFile } from '../../scripts/models/policies.ts';
import { sharedData } from '../shared-data.ts';
import { earlyBikes } from './early-bikes.ts';

const file = sharedData('bike/hour.csv');

describe.skipIf(file === undefined)('given a model of early 2011 on real demand (skipped where the shared data are absent)', () => {
  it('when its history is gone through, then it is flagged for performance before its weekly error is a fifth worse for two weeks', async () => {
    const folder = earlyBikes(file as string);
    const backtest = await runBacktest(loadPolicyFile(join(folder, 'anchorwatch.yaml')), '12mo');
    const isWorse = backtest.hindsight.map(({ value, reference }) => (value ?? 0) >= 1.2 * (reference ?? Infinity));
    const twoWeeks = backtest.hindsight.find((_, index) => index >= 14 && isWorse.slice(index - 14, index + 1).every(Boolean));
    const flagged = backtest.looks.find(({ alarms }) => alarms.anchorwatch.some(({ subject }) => subject === 'performance/mae'));
    expect(twoWeeks?.asOf.slice(0, 10)).toBe('2011-04-18');
    expect(flagged && twoWeeks && flagged.asOf < twoWeeks.asOf).toBe(true);
    expect(backtest).toMatchObject({ verdict: 'holds', rules: [{ rule: 'anchorwatch', falseAlarms: 0, missed: 0 }, {}, {}] });
  }, 180_000);
});
