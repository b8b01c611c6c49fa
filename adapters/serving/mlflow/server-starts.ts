import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, isPortFree } from '../../process/free-port.ts';
import { ensureLaunched } from '../../process/launch/ensure-launched.ts';
import { type LaunchSpec, launchFiles, readLaunchFile } from '../../process/launch/launch-files.ts';
import { type LaunchStatus, launchStatus } from '../../process/launch/launch-status.ts';

/** One start of a version's model server: a launch in `<model>-<version>/<number>/`, numbered from 1. */
export interface ServerStart {
  readonly number: number;
  readonly folder: string;
  readonly port: number;
  readonly status: LaunchStatus;
}

interface ServerSpec extends LaunchSpec {
  readonly port: number;
}

/** The latest start, whatever became of it; undefined before the first. */
export async function latestStart(versionFolder: string): Promise<ServerStart | undefined> {
  const names = await readdir(versionFolder).catch(() => [] as string[]);
  const numbers = names.filter((name) => /^\d+$/.test(name)).map(Number);
  return numbers.length === 0 ? undefined : readStart(versionFolder, Math.max(...numbers));
}

/**
 * Starts a server on the port of the last one, or on a free one when that is taken. Callers that race from the same last start share
 * the new one: they count to the same number, and its launch happens once.
 *
 * @param last the latest start, not running; one whose launcher never came up is taken up again
 */
export async function startServer(
  versionFolder: string,
  last: ServerStart | undefined,
  commandOn: (port: number) => string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ServerStart> {
  const number = last === undefined ? 1 : last.number + (last.status.state === 'absent' ? 0 : 1);
  const port = last !== undefined && (await isPortFree(last.port)) ? last.port : await freePort();
  const spec: ServerSpec = { command: commandOn(port), folder: versionFolder, port };
  await ensureLaunched(join(versionFolder, String(number)), spec, environment);
  return (await readStart(versionFolder, number)) as ServerStart;
}

/** @returns undefined when the starter was killed before it had written what is to be run */
async function readStart(versionFolder: string, number: number): Promise<ServerStart | undefined> {
  const folder = join(versionFolder, String(number));
  const spec = await readLaunchFile<ServerSpec>(launchFiles(folder).spec);
  return spec && { number, folder, port: spec.port, status: await launchStatus(folder) };
}
