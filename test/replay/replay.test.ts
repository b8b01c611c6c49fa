import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, inject, it } from 'vitest';
import * as workflows from '../../workflows/index.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const recorded = (release: string) => readdirSync(join(import.meta.dirname, release));

const read = (release: string, file: string): string => gunzipSync(readFileSync(join(import.meta.dirname, release, file))).toString();

/** A history's text with its payloads as they were before they were encoded. */
const carried = (history: string): string =>
  JSON.stringify(JSON.parse(history, (key, value: unknown) => (key === 'data' ? Buffer.from(String(value), 'base64').toString() : value)));

const replay = (codePath: string, history: string) =>
  Worker.runReplayHistory({ workflowBundle: { codePath } }, JSON.parse(history), 'anchorwatch/recorded');

for (const release of releases) {
  describe(`histories recorded with ${release}`, () => {
    it('given the workflows there are, then each has one', () => {
      const types = new Set(recorded(release).map((file) => file.split('.')[0]));
      expect([...types].sort()).toEqual(Object.keys(workflows).sort());
    });

    it('given what they carry, then it names nobody and no machine', () => {
      for (const file of recorded(release)) expect(carried(read(release, file))).not.toMatch(/\/(home|root|Users)\/|\d+@/);
    });

    for (const file of recorded(release)) {
      it(`given ${file}, when it is replayed with today's workflows, then they ask for what was recorded`, async () => {
        await expect(replay(inject('workflowBundle'), read(release, file))).resolves.toBeUndefined();
      });
    }
  });
}

describe('a workflow that was changed', () => {
  for (const [workflow, was, is] of [
    ['retrain', '.prepare(order)', '.prepareOtherwise(order)'],
    ['maintainModel', '.saveSnapshot(', '.saveOtherwise('],
  ] as const) {
    it(`given ${workflow} asks for another activity, when a history is replayed, then that is found`, async () => {
      const release = releases.at(-1) ?? '';
      const file = recorded(release).find((name) => name.startsWith(`${workflow}.`)) ?? '';
      const code = readFileSync(inject('workflowBundle'), 'utf8');
      const changed = join(tmpdir(), `anchorwatch-changed-${workflow}-${process.pid}.js`);
      expect(code).toContain(was);
      await writeFile(changed, code.replaceAll(was, is));
      await expect(replay(changed, read(release, file))).rejects.toThrow(DeterminismViolationError);
      await rm(changed);
    });
  }
});
