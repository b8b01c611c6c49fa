import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logTail } from '../../adapters/process/log-tail.ts';
import { startDetached } from '../../adapters/process/start-detached.ts';
import { rootsOf } from '../../worker/roots.ts';
import { readStackRecord, type StackAddresses } from '../../worker/stack-record.ts';
import { ownProgram } from './own-program.ts';
import { StackAlreadyUp, StackFailure } from './stack-failure.ts';
import { findSupervisor } from './supervisor-claim.ts';

/**
 * Starts `anchorwatch up` as a process of its own and waits until everything answers.
 * @throws StackAlreadyUp; StackFailure with the end of its log when it ends instead
 */
export async function startInBackground(where: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<{ readonly pid: number; readonly addresses: StackAddresses; readonly stateRoot: string }> {
  const { stateRoot } = rootsOf(where.cwd, where.env);
  const holder = await findSupervisor(stateRoot);
  if (holder) throw new StackAlreadyUp(holder.pid, stateRoot);

  await mkdir(join(stateRoot, 'logs'), { recursive: true });
  const log = join(stateRoot, 'logs', 'up.log');
  const began = new Date().toISOString();
  const program = ownProgram('scripts/anchorwatch');
  const { child } = await startDetached({
    ...program,
    arguments: [...program.arguments, 'up'],
    folder: where.cwd,
    environment: where.env,
    log,
  });
  const pid = child.pid as number;
  while (child.exitCode === null && child.signalCode === null) {
    const record = readStackRecord(stateRoot);
    if (record?.upSince && record.upSince >= began && (await findSupervisor(stateRoot))?.pid === pid)
      return { pid, addresses: record.addresses, stateRoot };
    await sleep(200);
  }
  throw new StackFailure(
    `The stack did not come up. The end of ${log}:\n${(await logTail(log, 15)).map((line) => `    ${line}`).join('\n')}`,
  );
}
