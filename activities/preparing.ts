import { ApplicationFailure } from '@temporalio/common';
import { plusDays } from '../domain/identity/event-time.ts';
import type { Digest } from '../domain/identity/names.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';
import type { Preparation } from '../domain/training/preparation.port.ts';
import type { PreparationRefused } from '../domain/training/preparation-refused.ts';
import type { PreparedData } from '../domain/training/prepared-data.ts';
import type { RetrainOrder } from '../domain/training/retrain.ts';
import { lookAgain } from './ledger/looks.ts';
import { type LedgerDependencies, openLedger } from './ledger/model-ledger.ts';
import { rowsOf } from './ledger/rows-of.ts';

const leastRows = { train: 200, test: 50 };
/** Rows of production a candidate is asked that it is not judged by: a minute of asking. */
const mostShadowRows = 20_000;

export type PrepareAnswer =
  | { readonly outcome: 'pass'; readonly prepared: Digest; readonly rows: PreparedData['rows']; readonly says: string }
  | { readonly outcome: 'inconclusive' | 'fail'; readonly evidence: Digest; readonly says: string };

export function createPreparingActivities(deps: LedgerDependencies & { readonly preparation: Preparation }) {
  return {
    /**
     * Puts together what the decision's training may learn from: labelled records known by its `asOf` and the history, dealt out by
     * whole days. Once per decision: asked again it answers the same, whatever has become known since.
     *
     * @throws ApplicationFailure `TrainingNotConfigured`, non-retryable, when the policy has no training
     */
    async prepare(order: RetrainOrder): Promise<PrepareAnswer> {
      const ledger = await openLedger(deps, order);
      const { task, training, sources, columns, labels } = ledger.policy;
      if (training === undefined) {
        throw ApplicationFailure.create({
          type: 'TrainingNotConfigured',
          message: `The policy of ${order.model} names no training program. Add retrain.train to it and apply it again.`,
          nonRetryable: true,
        });
      }
      const window = { from: plusDays(order.asOf, -training.windowDays), to: order.asOf };
      const today = startOfDay(order.asOf);
      const segments = await lookAgain(deps, ledger, order.asOf);
      const files = await deps.sources.history(ledger.policy, order.policy.folder, order.asOf);
      const rows = segments.map((segment) => rowsOf(ledger.policy, segment));
      const prepared = await deps.preparation.prepare({
        model: order.model,
        decision: order.decision,
        window,
        ...(sources.history && { history: { ...sources.history, files } }),
        predictions: rows.filter(({ segment }) => segment.holds === 'predictions'),
        outcomes: rows.filter(({ segment }) => segment.holds === 'outcomes'),
        ...(labels.absentMeans !== undefined && {
          absent: { means: labels.absentMeans, maturedTo: plusDays(order.asOf, -labels.maturesAfterDays) },
        }),
        unlabelled: { from: plusDays(today, -ledger.policy.baseline.windowDays), to: today, mostRows: mostShadowRows },
        ignored: columns.ignored,
        ...(task.kind === 'ranking' && { query: task.query }),
        split: training.split,
      });
      if (prepared.outcome === 'fail') return refuse(order, { outcome: 'fail', says: prepared.says });

      const { train, validation, test } = prepared.data.rows;
      if (train < leastRows.train || test < leastRows.test) {
        const needed = `at least ${leastRows.train} to train on and ${leastRows.test} to test on are needed`;
        const says = `${train + validation + test} labelled rows from ${window.from} to ${window.to}: ${train} to train on, ${test} to test on; ${needed}.`;
        return refuse(order, { outcome: 'inconclusive', rows: prepared.data.rows, says });
      }
      const body: PreparedData = {
        kind: 'prepared-data',
        schemaVersion: 1,
        madeFrom: [order.policy.digest],
        model: order.model,
        decision: order.decision,
        asOf: order.asOf,
        ...prepared.data,
        window,
      };
      const says = `${train} rows to train on, ${validation} to validate, ${test} to test, of ${window.from.slice(0, 10)} to ${window.to.slice(0, 10)}.`;
      return { outcome: 'pass', prepared: await deps.artefacts.save(body), rows: prepared.data.rows, says };
    },
  };

  async function refuse(
    { model, decision, asOf, policy }: RetrainOrder,
    why: Pick<PreparationRefused, 'outcome' | 'rows' | 'says'>,
  ): Promise<PrepareAnswer> {
    const body: PreparationRefused = {
      kind: 'preparation-refused',
      schemaVersion: 1,
      madeFrom: [policy.digest],
      model,
      decision,
      asOf,
      ...why,
    };
    return { outcome: why.outcome, evidence: await deps.artefacts.save(body), says: why.says };
  }
}

export type PreparingActivities = ReturnType<typeof createPreparingActivities>;
