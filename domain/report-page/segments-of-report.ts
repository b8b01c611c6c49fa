import { verdictOf } from '../check/check-report.ts';
import { checkedPerformance } from '../check/checked-performance.ts';
import type { Judgement, Signal } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';
import { byReach, sayMoved } from '../report/says.ts';
import { measuredInSegment } from './measured-performance.ts';
import type { Segment } from './page.ts';

/** What a report found in each segment, in the order in which they were declared: its performance, and what moved in it. */
export function segmentsOfReport(signals: readonly Signal[]): Segment[] {
  const names = [...new Set(signals.flatMap(({ segment }) => segment ?? []))];
  return names.map((name) => {
    const own = signals.filter(({ segment }) => segment === name);
    return segmentOf(
      name,
      own.find(({ layer }) => layer === 'performance'),
      own.filter(({ layer }) => layer === 'inputs'),
    );
  });
}

function segmentOf(name: string, performance: Signal | undefined, inputs: readonly Signal[]): Segment {
  const verdict = [performance, ...inputs].some((signal) => signal?.outcome === 'fail')
    ? 'alarm'
    : verdictOf[performance?.outcome ?? inputs[0]?.outcome ?? 'inconclusive'];
  return {
    name,
    verdict,
    ...(performance && { performance: measuredInSegment(checkedPerformance(performance)) }),
    inputs: sayInputs(inputs),
  };
}

function sayInputs(inputs: readonly Signal[]): string {
  const moved = byReach(inputs.filter(({ outcome }) => outcome === 'fail'));
  const tell = ({ segment, ...column }: Judgement) => sayMoved(column);
  if (moved.length > 0) return moved.map(tell).join(', ');
  const [nearest] = inputs;
  if (nearest === undefined) return 'no inputs';
  if (nearest.outcome === 'inconclusive') return `not judged: needs ${nearest.missing ?? 'more rows'}`;
  return `steady; the most: ${tell(nearest)} (alarm at ${sayNumber(nearest.threshold ?? 0)})`;
}
