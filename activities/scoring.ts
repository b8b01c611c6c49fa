import { cancellationSignal, cancelled, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { toleratedFailureShare } from '../domain/gates/answers.ts';
import type { ScoredRows } from '../domain/gates/scored-rows.ts';
import { type ScoringTables, scoredColumns } from '../domain/gates/scoring-tables.port.ts';
import type { Digest, EffectKey, ModelName, Version } from '../domain/identity/names.ts';
import { scoreNarrowing } from '../domain/serving/score-narrowing.ts';
import type { Answer, Scorer } from '../domain/serving/scorer.port.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { PreparedData } from '../domain/training/prepared-data.ts';
import { neededArtefact } from './needed-artefact.ts';

const batchRows = 500;

export interface ScoreOrder {
  readonly key: EffectKey;
  readonly model: ModelName;
  readonly version: Version;
  readonly url: string;
  /** Digest of the prepared data whose test rows are asked. */
  readonly prepared: Digest;
}

export type ScoringActivities = ReturnType<typeof createScoringActivities>;

/** Asks a version for its predictions of the test rows, through the endpoint that will serve it. */
export function createScoringActivities(deps: {
  readonly scorer: Scorer;
  readonly tables: ScoringTables;
  readonly artefacts: Artefacts;
  readonly stateRoot: string;
}) {
  const { scorer, tables, artefacts, stateRoot } = deps;

  return {
    /**
     * Scores once per version and prepared data: a file that is there was written whole and is taken as it is. Rows without a
     * usable answer are counted as failures. An endpoint that does not answer is waited for.
     */
    async score(order: ScoreOrder): Promise<{ scored: Digest; rows: number; failures: number }> {
      const prepared = await neededArtefact<PreparedData>(artefacts, 'prepared-data', order.prepared);
      refuseTakenNames(prepared);

      const path = `${stateRoot}/scored/${order.model}/${order.version}-${order.prepared.slice(0, 12)}.parquet`;
      if ((await tables.count(path)) === undefined) {
        await tables.write(path, prepared, order.version, await predictAll(scorer, tables, order.url, prepared));
      }
      const rows = (await tables.count(path)) as number;
      const scored: ScoredRows = {
        kind: 'scored-rows',
        schemaVersion: 1,
        madeFrom: [order.prepared],
        model: order.model,
        version: order.version,
        path,
        rows,
        failures: prepared.rows.test - rows,
        columns: { ...namesOf(prepared), prediction: scoredColumns.prediction },
      };
      return { scored: await artefacts.save(scored), rows, failures: scored.failures };
    },
  };
}

async function predictAll(scorer: Scorer, tables: ScoringTables, url: string, prepared: PreparedData): Promise<(Answer | undefined)[]> {
  const { features } = prepared.columns;
  const tolerated = Math.floor(toleratedFailureShare * prepared.rows.test);
  const predictions: (Answer | undefined)[] = [];
  let failures = 0;

  for await (const batch of tables.features(prepared.files.test, features, batchRows)) {
    const answers = await scoreNarrowing(scorer, url, features, batch, tolerated - failures);
    predictions.push(...answers);
    failures += answers.filter((answer) => answer === undefined).length;
    heartbeat({ rows: predictions.length, of: prepared.rows.test, failures });
    if (cancellationSignal().aborted) await cancelled();
  }
  return predictions;
}

function namesOf({ columns: { id, time, label, features } }: PreparedData) {
  return { id, time, label, features };
}

function refuseTakenNames({ columns }: PreparedData): void {
  const names = [columns.id, columns.time, columns.label, ...columns.features].map((name) => name.toLowerCase());
  const taken = Object.values(scoredColumns).filter((name) => names.includes(name));
  if (taken.length === 0) return;
  throw ApplicationFailure.create({
    type: 'ColumnNameTaken',
    message: `The data has a column named ${taken.join(' and ')}, a name scored rows need. Rename it where the data comes from, or ignore it in the policy.`,
    nonRetryable: true,
  });
}
