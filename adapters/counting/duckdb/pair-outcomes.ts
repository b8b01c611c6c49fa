import type { DuckDBConnection } from '@duckdb/node-api';
import { isRepeated, PairSum, type Pairs, type SumOrder } from './pair-sum.ts';
import { type NewOutcome, newOutcomes, newPredictions, type SlicesToPair } from './slices-side-by-side.ts';

/** New predictions meet the outcomes that wait for them; those that meet none are presumed to have the label that absence means. */
export async function meetOutcomes(connection: DuckDBConnection, order: SlicesToPair & SumOrder): Promise<Pairs> {
  const sum = new PairSum(order);
  const isPresumed = order.absent !== undefined;
  if (order.outcomes.length === 0 && !isPresumed) return sum.pairs();
  for await (const chunk of newPredictions(connection, order, isPresumed)) {
    for (const { predicted, known } of chunk) {
      if (known === undefined) sum.presume(predicted, 1);
      else {
        sum.add(predicted, known, 1);
        sum.meet(known.first);
      }
    }
  }
  return sum.pairs();
}

/** New outcomes meet their predictions; one that was known differently takes the former back, one that was known the same adds nothing. */
export async function meetPredictions(connection: DuckDBConnection, order: SlicesToPair & SumOrder): Promise<Pairs> {
  const sum = new PairSum(order);
  for await (const chunk of newOutcomes(connection, order)) for (const outcome of chunk) addOutcome(sum, outcome);
  return sum.pairs();
}

function addOutcome(sum: PairSum, { labelled, predicted, former }: NewOutcome): void {
  if (former !== undefined && isRepeated(labelled, former)) sum.repeat();
  else if (predicted !== undefined) {
    sum.add(predicted, labelled, 1);
    if (former === undefined) sum.presume(predicted, -1);
    else sum.add(predicted, former, -1);
  } else if (former === undefined) sum.wait();
}
