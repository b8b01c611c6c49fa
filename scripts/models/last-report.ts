import type { Report } from '../../domain/report/report.ts';
import { requireStatus } from './entity.ts';
import { inSession, readModelName } from './session.ts';

/**
 * The newest report of a model.
 * @throws Error saying what to do when the model is not maintained or nothing was reported since its version came into service
 */
export async function lastReport(name: string): Promise<Report> {
  const model = readModelName(name);
  return inSession(async (session) => {
    const digest = (await requireStatus(session, model)).state.lastReports.at(-1);
    if (digest === undefined)
      throw new Error(`Nothing was reported on the version of ${model} in service yet. Look now: anchorwatch check ${model}`);
    const report = await session.ports.artefacts.read<Report>('report', digest);
    if (report === undefined) throw new Error(`Report ${digest} is not in the store.`);
    return report;
  });
}
