import { expect, it } from 'vitest';
import { createRecordingActivities } from '../../activities/recording.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { emptyFolder } from '../empty-folder.ts';

const policy = { digest: 'a'.repeat(64) as Digest, folder: '/', mode: 'act', approval: 'none' } as const;
const born = firstState('bike' as ModelName, policy, 'live');

const at = (revision: number, life = 'first'): LifecycleState => ({
  ...born,
  revision,
  seen: Array.from({ length: revision }, (_, event) => `${life}-${event}`),
});

function open() {
  const store = createFileStore(emptyFolder());
  const notifier = { send: async () => undefined };
  return createRecordingActivities({ store, artefacts: createArtefacts(store), notifier });
}

it('given a life that is saved as it goes, when a revision is saved again, then it is still the newest', async () => {
  const { saveSnapshot } = open();
  for (const revision of [0, 1, 3, 99, 100, 260]) expect(await saveSnapshot(at(revision))).toBeUndefined();
  const acknowledged: LifecycleState = { ...at(260), audit: { next: 7 } };
  expect(await saveSnapshot(acknowledged)).toBeUndefined();
});

it.each([0, 2, 99, 150])(
  'given a life that went further, when it is begun anew at revision %i, then it is told where it stood',
  async (revision) => {
    const { saveSnapshot } = open();
    for (const known of [0, 1, 3, 99, 100, 180, 201]) await saveSnapshot(at(known));
    expect(await saveSnapshot(at(revision))).toEqual(at(201));
  },
);

it('given a life that took another turn at the same revision, when it is saved, then the one on record holds', async () => {
  const { saveSnapshot } = open();
  for (const revision of [0, 1, 2]) await saveSnapshot(at(revision));
  expect(await saveSnapshot(at(2, 'second'))).toEqual(at(2));
});
