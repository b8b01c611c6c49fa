import type { Decision } from '../../domain/decision/decision.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Ports } from '../../worker/ports.ts';
import { readReport } from './alarms.ts';
import { readAudit } from './audit.ts';
import { readTime } from './read-time.ts';

/**
 * The newest report of a model's audit chain, by the time it is of; a retired model has one too.
 *
 * @param until no report of a later time is meant; a day is meant to its end
 * @throws Error saying what to do when there is none
 */
export async function reportUntil(ports: Ports, model: ModelName, until?: string): Promise<{ digest: Digest; report: Report }> {
  const last = until && readTime(until);
  const isMeant = (asOf: string) => last === undefined || asOf <= last || asOf.slice(0, 10) === until;
  let newest: { asOf: string; digest: Digest } | undefined;
  for await (const { what, evidence, asOf } of readAudit(ports, model)) {
    if (evidence === undefined || asOf === undefined || !isMeant(asOf) || (newest !== undefined && asOf < newest.asOf)) continue;
    if (what === 'late-report') newest = { asOf, digest: evidence };
    if (what !== 'decision') continue;
    const digest = (await ports.artefacts.read<Decision>('decision', evidence))?.inputs.reports.at(-1);
    if (digest !== undefined) newest = { asOf, digest };
  }
  if (newest !== undefined) return { digest: newest.digest, report: await readReport(ports, newest.digest) };
  throw new Error(`Nothing was reported of ${model}${until === undefined ? '' : ` until ${until}`}. Look now: anchorwatch check ${model}`);
}
