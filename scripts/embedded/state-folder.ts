import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFaultInWords } from '../../adapters/output-file/write-fault.ts';
import { StackFailure } from './stack-failure.ts';

const elsewhere = 'put the state elsewhere: ANCHORWATCH_STATE=/path';

/** Why nothing can be written to the state folder, and what to do. */
export class StateFolderUnwritable extends StackFailure {
  override readonly name = 'StateFolderUnwritable';
  readonly says: string;
  readonly remedy: string;

  constructor(stateRoot: string, fault: NodeJS.ErrnoException) {
    const says = `${stateRoot} cannot be written: ${writeFaultInWords(fault)}`;
    const remedy = remedyOf(stateRoot, fault);
    super(`${says}. Mend it: ${remedy}`);
    this.says = says;
    this.remedy = remedy;
  }
}

/**
 * Makes the state folder if it is not there, and writes to it for a moment: before anything is started that would fail later and worse.
 * @throws StateFolderUnwritable
 */
export async function proveWritable(stateRoot: string): Promise<void> {
  const probe = join(stateRoot, `.probe-${process.pid}`);
  try {
    await mkdir(stateRoot, { recursive: true });
    await writeFile(probe, 'x');
  } catch (fault) {
    throw new StateFolderUnwritable(stateRoot, fault as NodeJS.ErrnoException);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

function remedyOf(stateRoot: string, { code }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `free 2 GB there (look: df -h ${stateRoot}), or ${elsewhere}`;
    case 'EACCES':
    case 'EPERM':
      return `give yourself the right to it (look: ls -ld ${stateRoot}), or ${elsewhere}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `move the file away, or ${elsewhere}`;
    default:
      return elsewhere;
  }
}
