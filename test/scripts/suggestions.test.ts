import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { loadPolicyFile, savePolicy } from '../../scripts/models/policies.ts';
import { suggested } from '../../scripts/models/suggestions.ts';
import type { Ports } from '../../worker/ports.ts';
import { report, worse } from '../decision/decision-material.ts';
import { emptyFolder } from '../empty-folder.ts';

const file = fileURLToPath(new URL('../../examples/bike-watch/anchorwatch.yaml', import.meta.url));

async function after(...answers: ('real' | 'false')[]) {
  const store = createFileStore(join(emptyFolder(), 'store'));
  const ports = { store, artefacts: createArtefacts(store) } as unknown as Ports;
  const read = loadPolicyFile(file);
  const applied = await savePolicy(ports, read);
  const reports: Digest[] = [];
  for (const [index] of answers.entries())
    reports.push(await ports.artefacts.save(report(`2011-05-0${index + 1}`, [{ ...worse, value: 50 + index, reference: 30 }]).report));
  const alarms = answers.map((kind, index) => ({
    report: reports[index] as Digest,
    asOf: eventTime(`2011-05-0${index + 1}`),
    answer: { kind },
  }));
  return suggested(ports, { ...firstState(read.policy.model, applied, 'replay'), alarms });
}

it('given two false alarms about one metric, then its threshold is told as a change to the line of the policy file it stands in', async () => {
  const { suggestions, told } = await after('false', 'real', 'false');
  expect(suggestions).toEqual([{ policyPath: '/performance/drop', old: 0.5, new: 0.734, subjects: ['performance/mae'] }]);
  expect(told).toEqual([
    'Suggested, not applied: at this none of the false alarms about performance/mae would have been one. Real moves up to it would be missed too.',
    expect.stringMatching(/bike-watch\/anchorwatch\.yaml:17 {2}performance\.drop$/),
    '- drop: 50% relative',
    '+ drop: 73.4% relative',
  ]);
});

it('given one false alarm and a real one, then nothing is suggested', async () => {
  expect(await after('false', 'real')).toEqual({ suggestions: [], told: [] });
});
