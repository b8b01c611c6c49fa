import { addOutcomes } from './add-counts.ts';
import type { OutcomeCounts, Partition } from './entry.ts';

/**
 * Outcomes of a day's predictions, those presumed for want of one included: right only once the labels of that day have matured.
 * Undefined where no prediction has a label.
 */
export function labelledOutcomes({ outcomes, presumed }: Partition): OutcomeCounts | undefined {
  return outcomes && presumed ? addOutcomes(outcomes, presumed) : (outcomes ?? presumed);
}
