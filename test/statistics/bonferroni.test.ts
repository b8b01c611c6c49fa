import { expect, it } from 'vitest';
import { bonferroni } from '../../domain/statistics/bonferroni.ts';

it('given p-values of several tests, then one of them all is the smallest times their number, and never above 1', () => {
  expect(bonferroni([0.5, 0.01, 0.2])).toBe(0.03);
  expect(bonferroni([0.5, undefined])).toBe(0.5);
  expect(bonferroni([0.7, 0.9])).toBe(1);
  expect(bonferroni([undefined])).toBeUndefined();
});
