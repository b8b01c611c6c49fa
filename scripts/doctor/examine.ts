import { type Configuration, loadConfiguration } from '../../worker/configuration.ts';
import { ConfigurationProblem } from '../../worker/configuration-problem.ts';
import { rootsOf } from '../../worker/roots.ts';
import { findSupervisor } from '../embedded/supervisor-claim.ts';
import { type Finding, idle, ill, well } from './finding.ts';
import { lookAtDisk, lookAtNode, lookAtPorts, lookAtPython, lookAtState, lookAtTemporalProgram } from './machine.ts';
import { lookAtGateway, lookAtMlflow, lookAtTemporal } from './servers.ts';
import { lookAtStore } from './store.ts';

/** Every part of the installation, in the order in which they build on each other. Changes nothing but a probe in state and store. */
export async function examine(where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<readonly Finding[]> {
  const roots = rootsOf(where.cwd, where.env);
  const read = configurationOf(where);
  const machine = [lookAtNode(), await lookAtState(roots), await lookAtDisk(roots)];
  if ('problem' in read) return [...machine, read.problem];

  const { configuration } = read;
  const { env } = where;
  const supervisor = await findSupervisor(roots.stateRoot);
  const isUp = supervisor !== undefined;
  const embedded = configuration.temporal.origin !== 'configured';
  const looked = await Promise.all([
    lookAtPython(roots, configuration.pythonBin),
    ...(embedded ? [lookAtTemporalProgram(roots, env)] : []),
    well(
      'Configuration',
      `installation ${configuration.installation}, store ${configuration.store.kind}, serving ${configuration.serving.kind}`,
    ),
    ...(isUp
      ? [well('Stack', `up, looked after by process ${supervisor.pid}`)]
      : [idle('Stack', 'not up', 'anchorwatch up'), lookAtPorts()]),
    lookAtTemporal(configuration, env, isUp),
    lookAtMlflow(configuration, env, isUp),
    lookAtGateway(configuration, isUp),
    lookAtStore(configuration, env),
  ]);
  return [...machine, ...looked.flat()];
}

function configurationOf(where: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}): { configuration: Configuration } | { problem: Finding } {
  try {
    return { configuration: loadConfiguration(where) };
  } catch (fault) {
    if (!(fault instanceof ConfigurationProblem)) throw fault;
    return { problem: ill('Configuration', fault.message, 'mend the lines named above') };
  }
}
