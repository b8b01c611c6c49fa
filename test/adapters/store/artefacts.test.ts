import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createArtefacts } from '../../../adapters/store/artefacts.ts';
import { digestOf } from '../../../adapters/store/digest.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import type { Artefact } from '../../../domain/identity/artefact.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { policyWith } from '../../decision/decision-material.ts';

interface Note extends Artefact<'note', 1> {
  readonly says: string;
}

const note: Note = { kind: 'note', schemaVersion: 1, madeFrom: [], says: 'drift' };
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'anchorwatch-artefacts-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const artefacts = () => createArtefacts(createFileStore(root));

it('given an artefact, when it is saved twice, then it is one object named by its digest', async () => {
  expect(await artefacts().save(note)).toBe(digestOf(note));
  expect(await artefacts().save({ ...note })).toBe(digestOf(note));
  expect(await readdir(join(root, 'artefacts', 'note'))).toEqual([`${digestOf(note)}.json`]);
  expect(await artefacts().read<Note>('note', digestOf(note))).toEqual(note);
});

it('given the text of a known artefact, when it is digested, then the digest is sha256 of its canonical JSON', () => {
  // printf '{"kind":"note","madeFrom":[],"says":"drift","schemaVersion":1}' | sha256sum
  expect(digestOf(note)).toBe('11188011cc05787f06e92af59a5a35ffc8ae6b466840351103a89829a1b4d70c');
});

it('given no such artefact, when it is read, then the answer is undefined', async () => {
  expect(await artefacts().read<Note>('note', digestOf(note))).toBeUndefined();
});

it('given a policy stored before it could name a time zone, when it is read, then its days are those of UTC', async () => {
  const { timezone, ...earlier } = policyWith({});
  const digest = await artefacts().save(earlier as Artefact);
  expect(timezone).toBe('UTC');
  expect(await artefacts().read<Policy>('policy', digest)).toEqual({ ...earlier, timezone: 'UTC' });
});

it('given a policy stored before rows were kept, when it is read, then fifty are', async () => {
  const now = policyWith({});
  const { worstRows, ...performance } = now.performance;
  const digest = await artefacts().save({ ...now, performance } as Artefact);
  expect(worstRows).toBe(50);
  expect(await artefacts().read<Policy>('policy', digest)).toEqual(now);
});

it('given an object whose bytes were changed, when it is read, then the damage is told', async () => {
  const digest = await artefacts().save(note);
  const path = join(root, 'artefacts', 'note', `${digest}.json`);
  await writeFile(path, (await readFile(path, 'utf8')).replace('drift', 'draft'));
  await expect(artefacts().read<Note>('note', digest)).rejects.toThrow(/was changed or damaged/);
});

it('given an artefact stored under another kind, when it is read, then that is told', async () => {
  const digest = await artefacts().save(note);
  const bytes = await readFile(join(root, 'artefacts', 'note', `${digest}.json`));
  await createFileStore(root).put(`artefacts/letter/${digest}.json`, bytes);
  await expect(artefacts().read<Artefact<'letter', 1>>('letter', digest)).rejects.toThrow(/is of kind note/);
});

it('given an artefact that was read, when the caller changes it, then the next reader sees what was stored', async () => {
  const reader = artefacts();
  const digest = await reader.save(note);
  ((await reader.read<Note>('note', digest)) as { says: string }).says = 'changed';
  expect(await reader.read<Note>('note', digest)).toEqual(note);
});
