import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProcess } from '../../adapters/process/process-table.ts';
import type { Trainer } from '../../domain/training/trainer.port.ts';
import { emptyFolder } from '../empty-folder.ts';
import { key, programOf, writesResult } from '../training/program.ts';
import { until } from '../until.ts';

/** A program whose child would run for an hour, and tells its process id in the file `child`. */
const withGrandchild = 'sleep 3600 & echo $! > child.draft; mv child.draft child; wait';

/** What every trainer keeps, run once for each adapter that runs programs on this machine. */
export function keepsTheTrainerContract(adapter: string, open: () => Trainer): void {
  const ended = (trainer: Trainer) =>
    until(async () => {
      const status = await trainer.status(key);
      return status.state === 'ended' ? status : undefined;
    });

  describe(`${adapter} as a trainer`, () => {
    it('given ten callers of one key, when they race, then the program starts once', async () => {
      const [trainer, folder] = [open(), emptyFolder()];
      const program = programOf('echo started >> starts', folder);
      await Promise.all(Array.from({ length: 10 }, () => trainer.ensure(key, program)));
      await ended(trainer);
      await trainer.ensure(key, program);
      expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('started\n');
    });

    it('given nothing was started, when it is asked for or stopped, then it is absent and no harm is done', async () => {
      const trainer = open();
      await trainer.stop(key);
      expect(await trainer.status(key)).toEqual({ state: 'absent' });
    });

    it('given a program that tells its progress, when it has ended, then code, last progress, time and log are known', async () => {
      const trainer = open();
      const told = `echo loading; echo '{"step": 1, "loss": 0.5}'; echo '{"step": 2, "loss": 0.25, "says": "nearly"}'; exit 3`;
      await trainer.ensure(key, programOf(told, emptyFolder()));
      const status = await ended(trainer);
      expect(status).toMatchObject({ exitCode: 3, progress: { step: 2, loss: 0.25, says: 'nearly' } });
      expect(status.logTail[0]).toBe('loading');
      expect(status.seconds).toBeGreaterThan(0);
      expect(status.why).toBeUndefined();
    });

    it('given a loss that is no number, when later lines follow, then it is still what is told', async () => {
      const trainer = open();
      await trainer.ensure(key, programOf(`echo '{"step": 1, "loss": NaN}'; echo '{"step": 2, "loss": 0.1}'`, emptyFolder()));
      expect((await ended(trainer)).progress).toEqual({ step: 1, loss: Number.NaN });
    });

    it('given a program that never ends, when it is stopped, then what it started ends too', async () => {
      const [trainer, folder] = [open(), emptyFolder()];
      await trainer.ensure(key, programOf(withGrandchild, folder));
      const child = await until(() => childIn(folder));
      expect((await trainer.status(key)).state).toBe('running');
      expect(await trainer.running()).toEqual([{ key, model: 'bike-demand' }]);
      await trainer.stop(key);
      expect(await trainer.running()).toEqual([]);
      expect(await trainer.status(key)).toMatchObject({ state: 'ended', why: 'stopped' });
      expect(isRunning(child)).toBe(false);
    });

    it('given a time limit, when it passes, then the program and what it started are ended', async () => {
      const [trainer, folder] = [open(), emptyFolder()];
      await trainer.ensure(key, programOf(withGrandchild, folder, 1));
      expect(await ended(trainer)).toMatchObject({ why: 'time-limit' });
      expect(isRunning(childIn(folder) as number)).toBe(false);
    });

    it('given a program that leaves a child behind, when it has ended, then the child has too', async () => {
      const [trainer, folder] = [open(), emptyFolder()];
      await trainer.ensure(key, programOf('sleep 3600 & echo $! > child', folder));
      expect(await ended(trainer)).toMatchObject({ exitCode: 0 });
      expect(isRunning(childIn(folder) as number)).toBe(false);
    });

    it('given no such program or no such folder, when it is run, then it ends with 127', async () => {
      const [one, two] = [open(), open()];
      await one.ensure(key, programOf('no-such-program-anywhere', emptyFolder()));
      await two.ensure(key, programOf('true', join(emptyFolder(), 'missing')));
      expect(await ended(one)).toMatchObject({ exitCode: 127 });
      expect(await ended(two)).toMatchObject({ exitCode: 127 });
    });

    it('given what a program wrote, when its output is asked for, then it is checked', async () => {
      const output = async (command: string) => {
        const trainer = open();
        await trainer.ensure(key, programOf(command, emptyFolder()));
        await ended(trainer);
        return trainer.output(key);
      };
      const result = { modelUri: 'models:/m-1a2b', metrics: { mae: 30.5 } };
      expect(await output(writesResult(JSON.stringify(result)))).toEqual({ state: 'written', result });
      expect(await output('true')).toMatchObject({ state: 'missing' });
      expect(await output(writesResult('{"modelUri": "models:/m-1", "metrics": {"mae": NaN}}'))).toMatchObject({ state: 'invalid' });
      expect(await output(writesResult('{"modelUri": "model.pkl", "metrics": {"mae": "good"}}'))).toMatchObject({
        state: 'invalid',
        problems: [expect.stringContaining('modelUri'), expect.stringContaining('metrics.mae')],
      });
    });
  });
}

function childIn(folder: string): number | undefined {
  const path = join(folder, 'child');
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined;
}

function isRunning(pid: number): boolean {
  const entry = readProcess(pid);
  return entry !== undefined && !entry.zombie;
}
