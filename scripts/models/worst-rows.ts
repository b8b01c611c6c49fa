import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { WorstRows } from '../../domain/ledger/worst-rows.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { tellWorstRows } from '../../domain/report/tell-worst-rows.ts';
import type { Ports } from '../../worker/ports.ts';

export interface ToldRows {
  /** Absent: none are kept. */
  readonly worst?: WorstRows;
  readonly says: string;
}

/**
 * The rows a report names.
 * @throws Error saying what to do when the store does not give them
 */
export async function rowsOfReport(ports: Ports, { model, asOf, worst, policy }: Report): Promise<ToldRows> {
  if (worst === undefined) return { says: `${model} as of ${asOf}: ${await whyNone(ports, policy)}` };
  const rows = await read(ports, model, worst.digest);
  if (rows !== undefined) return { worst: rows, says: tellWorstRows(rows) };
  throw new Error(
    `The report as of ${asOf} names ${worst.rows} rows, ${worst.digest.slice(0, 12)}, and they are not in this store: it was computed with another, or they were removed. Look once more: anchorwatch check ${model} --as-of ${asOf}`,
  );
}

async function read({ rows }: Ports, model: ModelName, digest: Digest): Promise<WorstRows | undefined> {
  try {
    return await rows.read(model, digest);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The rows of ${model} cannot be read: ${message} Who may read rows/${model}/, whoever keeps the store decides.`, {
      cause,
    });
  }
}

async function whyNone({ artefacts }: Ports, digest: Digest): Promise<string> {
  const policy = await artefacts.read<Policy>('policy', digest);
  if (policy?.sources.outcomes === undefined) return 'the policy names no outcomes, so nothing can turn out wrong.';
  if (policy.task.kind === 'ranking') return 'of a ranking no prediction is right or wrong by itself.';
  if (policy.performance.worstRows === 0) return 'no rows are kept, as the policy says: performance.worstRows.';
  return 'no prediction of its matured window was known to be wrong, or it was made before rows were kept.';
}
