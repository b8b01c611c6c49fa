import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { createRoutingActivities } from '../../activities/routing.ts';
import { createWatchingActivities } from '../../activities/watching.ts';
import { createSealedLog } from '../../adapters/router/gateway/sealed-log.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { plusDays } from '../../domain/identity/event-time.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { WatchStepResult } from '../../domain/rollout/watch-step.ts';
import { policyWith } from '../decision/decision-material.ts';
import { order as anyOrder, rules, startedAt } from '../rollout/material.ts';
import { openGateway } from './harness.ts';
import { model, rollout, tableWith } from './table.ts';

it('given a candidate that cannot answer single rows, when two replayed weeks pass, then harm is found, it is withdrawn, and every caller was served', async () => {
  const { stateRoot, router, admin, predict, candidate, urls } = await openGateway();
  const artefacts = createArtefacts(createFileStore(`${stateRoot}/store`));
  const policy = await artefacts.save(policyWith({ rollout: rules }));
  candidate.behave('with-400');
  await router.replace(tableWith(0.05, urls, { replay: true }), 0);

  const statuses: number[] = [];
  for (const week of [0, 1]) {
    for (let hour = 0; hour < 168; hour += 1) {
      const time = plusDays(startedAt, week * 7 + hour / 24);
      statuses.push((await predict({ id: time, time, features: { hr: hour % 24 } })).status);
    }
    await admin.seal(model, plusDays(startedAt, 7 * (week + 1)));
  }

  const { watchStep } = createWatchingActivities({ artefacts, log: createSealedLog(stateRoot) });
  const order = { ...anyOrder, policy, decision: rollout, epoch: 1, firstEpoch: 1 };
  const result = (await new MockActivityEnvironment().run(watchStep, order)) as WatchStepResult;
  expect(result).toMatchObject({ outcome: 'fail', says: expect.stringMatching(/^Harm found: (\d+) of \1 candidate units erred, 0 of/) });
  const { withdraw } = createRoutingActivities({ router });
  const stop = { key: `${rollout}/withdraw` as never, model, by: 'rollOut', reason: result.says };
  expect(await withdraw(stop)).toEqual({ epoch: 2, from: '2' as Version, to: '1' as Version });
  expect(new Set(statuses)).toEqual(new Set([200]));
});
