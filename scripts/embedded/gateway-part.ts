import { answers } from '../../adapters/serving/answers.ts';
import { ownProgram } from './own-program.ts';
import type { Part } from './part.ts';

export function gatewayPart(stateRoot: string, env: NodeJS.ProcessEnv, port: number): Part {
  const program = ownProgram('gateway/main');
  return {
    name: 'gateway',
    file: program.file,
    arguments: [...program.arguments, '--port', String(port), '--state', stateRoot],
    environment: env,
    keptWhenFound: true,
    readyWithinSeconds: 30,
    graceSeconds: 10,
    isReady: () => answers(`http://127.0.0.1:${port}/healthz`),
  };
}
