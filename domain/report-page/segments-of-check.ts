import type { CheckReport } from '../check/check-report.ts';
import { measuredInSegment } from './measured-performance.ts';
import type { Segment } from './page.ts';

/** What a check of two tables found in each segment, in the order in which they were declared: its performance, and what moved in it. */
export function segmentsOfCheck({ performance, segments = [] }: CheckReport): Segment[] {
  const names = [...performance, ...segments].flatMap(({ segment }) => segment ?? []);
  return [...new Set(names)].map((name) => {
    const measured = performance.find(({ segment }) => segment === name);
    const inputs = segments.filter(({ segment }) => segment === name);
    const isAlarm = [measured, ...inputs].some((found) => found?.verdict === 'alarm');
    return {
      name,
      verdict: isAlarm ? 'alarm' : (measured?.verdict ?? inputs[0]?.verdict ?? 'inconclusive'),
      ...(measured && { performance: measuredInSegment(measured) }),
      inputs: inputs.length === 0 ? 'no inputs' : inputs.map(({ says }) => says).join(' '),
    };
  });
}
