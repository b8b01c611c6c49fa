import { expect, it } from 'vitest';
import { blockTest } from '../../domain/statistics/block-test.ts';
import golden from './block-test.json' with { type: 'json' };

it.each(golden.cases)(
  'given the blocks of "$name", when they are tested, then every figure is the reference\'s',
  ({ blocks, window, expected }) => {
    const tested = blockTest(blocks, window);
    for (const [figure, value] of Object.entries(expected)) {
      const ours = tested?.[figure as keyof typeof expected] as number;
      expect(Math.abs(ours / value - 1), figure).toBeLessThan(1e-9);
    }
  },
);
