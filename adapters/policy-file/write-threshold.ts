import { traitsOf } from '../../domain/policy/metric-traits.ts';
import type { Drop, Policy } from '../../domain/policy/policy.ts';
import { nameOfStep } from './document.ts';
import { filePointer } from './written-at.ts';

/**
 * A threshold as a person writes it: its key with all keys above it, and its line.
 *
 * @param policyPath one of `/watch/effects/*`, `/performance/drop`, `/performance/sudden`, `/performance/trend`, `/performance/segments/*`
 * @param value      in the policy's units; of a drop, how far
 */
export function writeThreshold(
  { performance }: Policy,
  policyPath: string,
  value: number,
): { readonly key: string; readonly line: string } {
  const keys = filePointer(policyPath).slice(1).split('/').map(nameOfStep);
  return { key: keys.join('.'), line: `${keys.at(-1)}: ${written(performance, policyPath, value)}` };
}

function written(performance: Policy['performance'], policyPath: string, value: number): string {
  switch (policyPath) {
    case '/watch/effects/wassersteinInSigmas':
      return `${value} sigma`;
    case '/watch/effects/nullPoints':
    case '/watch/effects/newCategoryShare':
    case '/watch/effects/unlabelledPoints':
    case '/watch/effects/orphanPoints':
      return `${percent(value)}%`;
    case '/performance/drop':
    case '/performance/sudden':
    case '/performance/trend':
      return writtenDrop(performance, performance[policyPath.slice('/performance/'.length) as 'drop' | 'sudden' | 'trend'], value);
    default: {
      const limit = performance.segments[nameOfStep(policyPath.slice('/performance/segments/'.length))];
      return limit === undefined ? String(value) : writtenDrop(performance, limit, value);
    }
  }
}

function writtenDrop({ metric }: Policy['performance'], { of }: Drop, by: number): string {
  if (of === 'relative') return `${percent(by)}% relative`;
  return `${traitsOf(metric).isShare ? percent(by) : by} points`;
}

const mostWritten = 8;

/** Of a share, without the crumbs of binary multiplication; a default that nobody would write out, such as five thirds of a drop, to four digits. */
function percent(share: number): number {
  const exact = Number((share * 100).toPrecision(12));
  return String(exact).length > mostWritten ? Number(exact.toPrecision(4)) : exact;
}
