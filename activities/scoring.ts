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
  /** Asks for the newest rows without a label as well. */
  readonly shadow?: true;
}

export type ScoringActivities = ReturnType<typeof createScoringActivities>;

interface Asked {
  readonly to: string;
  readonly from: string;
  readonly rows: number;
  /** That are kept beside the answers. */
  readonly columns: readonly string[];
}

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

      const { id, time, label, features, query = [] } = namesOf(prepared);
      const { unlabelled } = prepared;
      const path = `${stateRoot}/scored/${order.model}/${order.version}-${order.prepared.slice(0, 12)}.parquet`;
      const kept = [...new Set([id, time, ...features, ...query])];
      const rows = await ask(order, features, { to: path, from: prepared.files.test, rows: prepared.rows.test, columns: [...kept, label] });
      const shadow = order.shadow &&
        unlabelled && { to: path.replace(/parquet$/, 'shadow.parquet'), from: unlabelled.file, rows: unlabelled.rows };
      const shadowRows = shadow ? await ask(order, features, { ...shadow, columns: kept }) : 0;
      const scored: ScoredRows = {
        kind: 'scored-rows',
        schemaVersion: 1,
        madeFrom: [order.prepared],
        model: order.model,
        version: order.version,
        path,
        rows,
        failures: prepared.rows.test - rows,
        ...(shadow && shadowRows > 0 && { shadow: { path: shadow.to, rows: shadowRows } }),
        columns: { ...namesOf(prepared), prediction: scoredColumns.prediction },
      };
      return { scored: await artefacts.save(scored), rows, failures: scored.failures };
    },
  };

  /** @returns how many rows were answered */
  async function ask({ url, version }: ScoreOrder, features: readonly string[], asked: Asked): Promise<number> {
    const answered = await tables.count(asked.to);
    if (answered !== undefined) return answered;
    const predictions = await predictAll(url, features, asked);
    await tables.write(asked.to, { path: asked.from, columns: asked.columns }, version, predictions);
    return predictions.filter((prediction) => prediction !== undefined).length;
  }

  async function predictAll(url: string, features: readonly string[], { from, rows }: Asked): Promise<(Answer | undefined)[]> {
    const tolerated = Math.floor(toleratedFailureShare * rows);
    const predictions: (Answer | undefined)[] = [];
    let failures = 0;

    for await (const batch of tables.features(from, features, batchRows)) {
      const answers = await scoreNarrowing(scorer, url, features, batch, tolerated - failures);
      predictions.push(...answers);
      failures += answers.filter((answer) => answer === undefined).length;
      heartbeat({ rows: predictions.length, of: rows, failures });
      if (cancellationSignal().aborted) await cancelled();
    }
    return predictions;
  }
}

function namesOf({ columns: { id, time, label, features, query } }: PreparedData) {
  return { id, time, label, features, ...(query && { query }) };
}

function refuseTakenNames({ columns }: PreparedData): void {
  const names = [columns.id, columns.time, columns.label, ...columns.features, ...(columns.query ?? [])].map((name) => name.toLowerCase());
  const taken = Object.values(scoredColumns).filter((name) => names.includes(name));
  if (taken.length === 0) return;
  throw ApplicationFailure.create({
    type: 'ColumnNameTaken',
    message: `The data has a column named ${taken.join(' and ')}, a name scored rows need. Rename it where the data comes from, or ignore it in the policy.`,
    nonRetryable: true,
  });
}
