import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import type { EffectKey } from '../../../domain/identity/names.ts';
import type { Manifest } from '../../../domain/training/manifest.ts';
import type { RunningProgram, Trainer, TrainingProgram, TrainingStatus } from '../../../domain/training/trainer.port.ts';
import { considerateEnvironment } from '../../process/launch/considerate-environment.ts';
import { ensureLaunched } from '../../process/launch/ensure-launched.ts';
import { launchFiles } from '../../process/launch/launch-files.ts';
import { launchStatus } from '../../process/launch/launch-status.ts';
import { stopLaunched } from '../../process/launch/stop-launched.ts';
import { logTail } from '../../process/log-tail.ts';
import { writeOnce } from '../../process/write-once.ts';
import { progressIn } from './progress.ts';
import { readTrainingOutput } from './training-output.ts';

const linesShown = 15;
const linesSearched = 1000;

export interface CommandTrainerOptions {
  /** Runs are kept under its `runs/`; workers that may take over from each other share it. */
  readonly stateRoot: string;
  /** Folders searched before PATH, so that `python` is the one with MLflow. */
  readonly pathPrefix?: string;
  /** Credentials the program needs, asked for when one is started, and kept only in its environment. */
  readonly credentials?: () => Promise<Readonly<Record<string, string>>>;
}

/**
 * Runs training programs as detached processes of this machine, one folder each: `runs/<key, / as __>/` with spec.json, manifest.json,
 * pid.json, log, result.json, exit.json. A program outlives the worker that started it; the next `ensure` finds it there.
 */
export function createCommandTrainer({ stateRoot, pathPrefix, credentials }: CommandTrainerOptions): Trainer {
  const folderOf = (key: EffectKey) => join(stateRoot, 'runs', key.replaceAll('/', '__'));

  return {
    async ensure(key, program) {
      const folder = folderOf(key);
      if ((await launchStatus(folder)).state !== 'absent') return;
      const manifestPath = await writeManifest(folder, program);
      const environment = {
        ...considerateEnvironment,
        ...process.env,
        PATH: [pathPrefix, process.env.PATH].filter(Boolean).join(delimiter),
        PYTHONUNBUFFERED: '1',
        ...(await credentials?.()),
        ...program.environment,
        ANCHORWATCH_MANIFEST: manifestPath,
      };
      const { command, folder: workingFolder, timeLimitSeconds } = program;
      await ensureLaunched(folder, { command, folder: workingFolder, timeLimitSeconds }, environment);
    },

    async status(key): Promise<TrainingStatus> {
      const folder = folderOf(key);
      const { state, ...launch } = await launchStatus(folder);
      if (state === 'absent') return { state };
      const lines = await logTail(launchFiles(folder).log, linesSearched);
      const progress = progressIn(lines);
      const seen = { ...(progress ? { progress } : {}), logTail: lines.slice(-linesShown) };
      return 'exitCode' in launch ? { state: 'ended', ...launch, ...seen } : { state: 'running', ...seen };
    },

    async output(key) {
      return readTrainingOutput((await readManifest(folderOf(key))).resultPath);
    },

    async stop(key) {
      await stopLaunched(folderOf(key));
    },

    async running() {
      const names = await readdir(join(stateRoot, 'runs')).catch(() => [] as string[]);
      const looked = await Promise.all(names.map((name) => lookAt(join(stateRoot, 'runs', name))));
      return looked.filter((program) => program !== undefined);
    },
  };
}

async function lookAt(folder: string): Promise<RunningProgram | undefined> {
  if ((await launchStatus(folder)).state !== 'running') return undefined;
  return { key: basename(folder).replaceAll('__', '/') as EffectKey, model: (await readManifest(folder)).model };
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

async function writeManifest(folder: string, program: TrainingProgram): Promise<string> {
  const manifest: Manifest = { ...program.manifest, resultPath: join(folder, 'result.json') };
  const path = join(folder, 'manifest.json');
  await mkdir(folder, { recursive: true });
  await writeOnce(path, JSON.stringify(manifest, undefined, 2));
  return path;
}
