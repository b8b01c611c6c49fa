import { whyUnwritable } from '../../adapters/output-file/write-output-file.ts';

/**
 * Ends the program where nobody can read it any more: without a word where the reader has gone, as `head` does once it has enough. A command that
 * ends by a signal, since it has servers to stop, is sent one.
 */
export function endWhenOutputIsLost(exitCode: number): void {
  let isLost = false;
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (isLost) return;
    isLost = true;
    if (fault.code !== 'EPIPE') console.error(`The answer cannot be written: ${whyUnwritable(fault)}.`);
    if (process.listenerCount('SIGTERM') === 0) process.exit(exitCode);
    process.exitCode = exitCode;
    process.kill(process.pid, 'SIGTERM');
  });
}
