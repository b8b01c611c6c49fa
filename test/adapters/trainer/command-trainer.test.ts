import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { groupMembers } from '../../../adapters/process/group-members.ts';
import { type LaunchClaim, launchFiles } from '../../../adapters/process/launch/launch-files.ts';
import { createCommandTrainer } from '../../../adapters/trainer/command/command-trainer.ts';
import { keepsTheTrainerContract } from '../../contracts/trainer.contract.ts';
import { emptyFolder } from '../../empty-folder.ts';
import { key, programOf } from '../../training/program.ts';
import { until } from '../../until.ts';

keepsTheTrainerContract('command', () => createCommandTrainer({ stateRoot: emptyFolder() }));

const filesIn = (stateRoot: string) => launchFiles(join(stateRoot, 'runs', key.replaceAll('/', '__')));
const claimIn = (stateRoot: string) => JSON.parse(readFileSync(filesIn(stateRoot).claim, 'utf8')) as LaunchClaim;

it('given the worker that started it is killed, when another ensures, then it adopts the running program', async () => {
  const [stateRoot, folder] = [emptyFolder(), emptyFolder()];
  const command = 'echo started >> starts; while [ ! -e go ]; do sleep 0.05; done; echo ended >> starts';
  const worker = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./ensure-and-wait.ts', import.meta.url)), stateRoot, folder, command],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(worker.stdout, 'data');
  worker.kill('SIGKILL');
  await once(worker, 'exit');

  const trainer = createCommandTrainer({ stateRoot });
  await trainer.ensure(key, programOf(command, folder));
  expect((await trainer.status(key)).state).toBe('running');
  writeFileSync(join(folder, 'go'), '');
  const ended = await until(async () => {
    const status = await trainer.status(key);
    return status.state === 'ended' ? status : undefined;
  });
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('started\nended\n');
});

it('given the launcher itself is killed, when it is looked at, then the run is lost, and stopping it ends what is left', async () => {
  const stateRoot = emptyFolder();
  const trainer = createCommandTrainer({ stateRoot });
  await trainer.ensure(key, programOf('sleep 3600', emptyFolder()));
  const claim = claimIn(stateRoot);
  await until(() => (groupMembers(claim).length > 1 ? true : undefined));
  process.kill(claim.pid, 'SIGKILL');
  await until(async () => ((await trainer.status(key)).state === 'ended' ? true : undefined));

  expect(await trainer.status(key)).toMatchObject({ state: 'ended', exitCode: -1, why: 'lost' });
  await trainer.stop(key);
  expect(groupMembers(claim)).toEqual([]);
  expect(await trainer.status(key)).toMatchObject({ state: 'ended', why: 'lost' });
});

it('given a claim of another host, when its lease is renewed it runs, when it is not it is lost, and neither starts a second program', async () => {
  const [stateRoot, folder] = [emptyFolder(), emptyFolder()];
  const files = filesIn(stateRoot);
  mkdirSync(join(files.spec, '..'), { recursive: true });
  writeFileSync(files.claim, JSON.stringify({ pid: 1, started: 'then', host: 'elsewhere' }));
  const trainer = createCommandTrainer({ stateRoot });

  await trainer.ensure(key, programOf('echo started > starts', folder));
  expect((await trainer.status(key)).state).toBe('running');
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(files.claim, hourAgo, hourAgo);
  expect(await trainer.status(key)).toMatchObject({ state: 'ended', why: 'lost' });
  expect(readdirSync(folder)).toEqual([]);
});

it('given a recorded pid that belongs to another process now, when the run is stopped, then that process is left alone', async () => {
  const stateRoot = emptyFolder();
  const trainer = createCommandTrainer({ stateRoot });
  await trainer.ensure(key, programOf('true', emptyFolder()));
  await until(async () => ((await trainer.status(key)).state === 'ended' ? true : undefined));
  const other = spawn('sleep', ['3600'], { detached: true });
  onTestFinished(() => void other.kill('SIGKILL'));
  const files = filesIn(stateRoot);
  writeFileSync(files.claim, JSON.stringify({ ...claimIn(stateRoot), pid: other.pid }));
  rmSync(files.exit);

  expect(await trainer.status(key)).toMatchObject({ why: 'lost' });
  await trainer.stop(key);
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

it('given credentials, when a program runs, then it has them and no file does', async () => {
  const [stateRoot, folder] = [emptyFolder(), emptyFolder()];
  const trainer = createCommandTrainer({ stateRoot, credentials: async () => ({ MLFLOW_TRACKING_TOKEN: 'canary-7f3a' }) });
  await trainer.ensure(key, programOf('test "$MLFLOW_TRACKING_TOKEN" = "canary"-7f3a', folder));
  const ended = await until(async () => {
    const status = await trainer.status(key);
    return status.state === 'ended' ? status : undefined;
  });
  expect(ended).toMatchObject({ exitCode: 0 });
  const run = join(filesIn(stateRoot).spec, '..');
  const written = readdirSync(run).map((name) => readFileSync(join(run, name), 'utf8'));
  expect(written.join('\n')).not.toContain('canary-7f3a');
});

it('given nothing was said of OpenMP, when a program runs, then its idle threads give way; given something was, then that holds', async () => {
  for (const [said, has] of [
    [{}, 'PASSIVE'],
    [{ OMP_WAIT_POLICY: 'ACTIVE' }, 'ACTIVE'],
  ] as const) {
    const trainer = createCommandTrainer({ stateRoot: emptyFolder(), credentials: async () => said });
    await trainer.ensure(key, programOf(`test "$OMP_WAIT_POLICY" = ${has}`, emptyFolder()));
    const ended = await until(async () => {
      const status = await trainer.status(key);
      return status.state === 'ended' ? status : undefined;
    });
    expect(ended).toMatchObject({ exitCode: 0 });
  }
});
