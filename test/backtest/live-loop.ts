import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { createRegriddingActivities } from '../../activities/regridding.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { loadPolicyFile } from '../../scripts/models/policies.ts';
import { openLedgerForTest } from '../activities/open-ledger.ts';

/** What checks do at these slots, in the order in which the workflow does it: the baseline, new segments one by one, the look, the grid. */
export async function liveReports(policyFile: string, slots: readonly EventTime[]): Promise<Digest[]> {
  const { policy: body, folder } = loadPolicyFile(policyFile);
  const ledger = await openLedgerForTest();
  try {
    const [model, policy] = [body.model, await ledger.apply(body, folder)];
    const { findSegments, countSegment } = createCountingActivities(ledger);
    const { cutAnew, switchGrid } = createRegriddingActivities(ledger);
    let baseline: Digest | undefined;
    const reports: Digest[] = [];
    for (const asOf of slots) {
      baseline ??= (await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf })).baseline;
      const { grid, segments } = await findSegments({ model, policy, asOf });
      for (const segment of segments) await countSegment({ model, policy, grid: grid as Digest, segment });
      const order = { model, policy, asOf, baseline: baseline as Digest };
      const { report, misfit } = await createAssessingActivities(ledger).assess({ ...order, looksAtGrid: true });
      reports.push(report);
      const cut = misfit === undefined ? undefined : await cutAnew({ ...order, because: misfit });
      if (cut?.outcome !== 'pass') continue;
      baseline = (await switchGrid({ ...order, because: misfit as string, grid: cut.grid })).baseline;
    }
    return reports;
  } finally {
    await ledger.close();
  }
}
