import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isPortFree } from '../../adapters/process/free-port.ts';
import { pythonFolder, type Roots } from '../../worker/roots.ts';
import { usualPorts } from '../embedded/ports.ts';
import { proveWritable, StateFolderUnwritable } from '../embedded/state-folder.ts';
import { findTemporal } from '../embedded/temporal-part.ts';
import { type Finding, idle, ill, well } from './finding.ts';

const leastFreeBytes = 2 * 2 ** 30;

const setup = ({ packageRoot }: Roots) => `node ${join(packageRoot, 'scripts/setup.mjs')}`;

export function lookAtNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return well('Node', process.versions.node);
  return ill('Node', `${process.versions.node} is too old`, 'install Node 20.19 or later');
}

export function lookAtPython(roots: Roots, pythonBin: string): Finding {
  const own = pythonFolder(roots);
  if (pythonBin !== join(own, 'bin')) {
    return existsSync(join(pythonBin, 'mlflow'))
      ? well('Python', `MLflow in ${pythonBin}`)
      : ill(
          'Python',
          `there is no mlflow in ${pythonBin}`,
          'name the folder of python and mlflow: ANCHORWATCH_PYTHON_BIN, or python.bin in anchorwatch.config.yaml',
        );
  }
  return existsSync(join(own, '.complete'))
    ? well('Python', `environment in ${own}`)
    : ill('Python', 'the environment with MLflow is not there', setup(roots));
}

export async function lookAtTemporalProgram(roots: Roots, env: NodeJS.ProcessEnv): Promise<Finding> {
  const found = await findTemporal(roots, env);
  return found ? well('Temporal CLI', `${found.says} at ${found.path}`) : ill('Temporal CLI', 'it is not there', setup(roots));
}

export async function lookAtState({ stateRoot }: Roots): Promise<Finding> {
  const part = 'State folder';
  try {
    await proveWritable(stateRoot);
    return well(part, `${stateRoot} can be written`);
  } catch (fault) {
    if (!(fault instanceof StateFolderUnwritable)) throw fault;
    return ill(part, fault.says, fault.remedy);
  }
}

export async function lookAtDisk({ stateRoot }: Roots): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(stateRoot);
    const free = bavail * bsize;
    const says = `${(free / 2 ** 30).toFixed(1)} GB free`;
    return free >= leastFreeBytes
      ? well('Disk', says)
      : ill('Disk', `only ${says} below ${stateRoot}`, 'free 2 GB, or put the state elsewhere: ANCHORWATCH_STATE=/path');
  } catch (fault) {
    return ill('Disk', `space below ${stateRoot} could not be read: ${(fault as NodeJS.ErrnoException).code}`, 'see "State folder"');
  }
}

/** Before a start. A taken port is no fault: another is chosen, and said. */
export async function lookAtPorts(): Promise<Finding> {
  const looked = await Promise.all(Object.values(usualPorts).map(async (port) => ({ port, free: await isPortFree(port) })));
  const taken = looked.filter(({ free }) => !free).map(({ port }) => port);
  return taken.length === 0
    ? well('Ports', `${Object.values(usualPorts).join(', ')} are free`)
    : idle('Ports', `${taken.join(', ')} taken by another program`, 'nothing: free ones will be used instead');
}
