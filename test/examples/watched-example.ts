import { fileURLToPath } from 'node:url';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Report } from '../../domain/report/report.ts';
import { openLedgerForTest } from '../activities/open-ledger.ts';

/** An example that is only watched, counted from its own files. Every check is held against the baseline that was taken last. */
export async function openWatchedExample(name: string) {
  const read = readPolicyFile(fileURLToPath(new URL(`../../examples/${name}/anchorwatch.yaml`, import.meta.url)));
  if (!read.ok) throw new Error('the example policy does not hold');
  const ledger = await openLedgerForTest();
  const { model } = read.policy;
  const policy = await ledger.apply(read.policy, read.folder);
  let baseline: Digest | undefined;

  return {
    close: () => ledger.close(),

    async takeBaseline(day: string) {
      const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime(day) });
      baseline = taken.baseline;
      return taken;
    },

    async check(day: string) {
      const asOf = eventTime(day);
      const counting = createCountingActivities(ledger);
      const { grid, segments } = await counting.findSegments({ model, policy, asOf });
      for (const segment of segments) await counting.countSegment({ model, policy, grid: grid as Digest, segment });
      const answer = await createAssessingActivities(ledger).assess({ model, policy, asOf, ...(baseline && { baseline }) });
      return { ...answer, body: (await ledger.artefacts.read<Report>('report', answer.report)) as Report };
    },
  };
}

export type WatchedExample = Awaited<ReturnType<typeof openWatchedExample>>;
