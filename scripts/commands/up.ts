import { Command } from 'commander';
import { rootsOf } from '../../worker/roots.ts';
import { readStackRecord, type StackAddresses } from '../../worker/stack-record.ts';
import { startInBackground } from '../embedded/background.ts';
import { provide } from '../embedded/provide.ts';
import { startStack } from '../embedded/stack.ts';
import { StackAlreadyUp } from '../embedded/stack-failure.ts';
import { tellAddresses } from '../embedded/tell-addresses.ts';
import { print } from '../models/output.ts';

export function upCommand(): Command {
  return new Command('up')
    .description(
      'Start Temporal, MLflow, the gateway and the workers as processes of this machine and look after them until ctrl-C.\n' +
        'State is kept in ./.anchorwatch; the next start goes on from it. Not meant for production.',
    )
    .option('--detach', 'go on in the background, return when everything answers')
    .option('--json', 'the addresses as JSON as soon as everything answers; progress goes to standard error')
    .addHelpText('after', '\nExample:\n  anchorwatch up\n  ANCHORWATCH_STATE=/srv/anchorwatch anchorwatch up --detach')
    .action(up);
}

interface Where {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Options {
  readonly detach?: true;
  readonly json?: true;
}

async function up(options: Options): Promise<void> {
  const where = { cwd: process.cwd(), env: process.env };
  const roots = rootsOf(where.cwd, where.env);
  await provide(roots, where.env);
  try {
    await (options.detach ? inBackground(where, options) : inForeground(where, options));
  } catch (fault) {
    if (!(fault instanceof StackAlreadyUp)) throw fault;
    const record = readStackRecord(roots.stateRoot);
    if (record === undefined) throw fault;
    tell(
      options,
      { pid: fault.pid, addresses: record.addresses, stateRoot: roots.stateRoot },
      `${fault.message} It ends with: kill ${fault.pid}`,
    );
  }
}

async function inBackground(where: Where, options: Options): Promise<void> {
  const running = await startInBackground(where);
  tell(options, running, `It goes on in the background and ends with: kill ${running.pid}`);
}

async function inForeground(where: Where, options: Options): Promise<void> {
  const say = options.json ? console.error : console.log;
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => asked.abort(new Error(`The start was ended by ${signal}.`)));
  const stack = await startStack({ ...where, signal: asked.signal, say: (line) => say(line) });
  const { addresses, configuration } = stack;
  tell(options, { pid: process.pid, addresses, stateRoot: configuration.roots.stateRoot }, 'ctrl-C ends it; the state is kept.');

  const idle = setInterval(() => undefined, 60_000);
  if (!asked.signal.aborted) await new Promise((resolve) => asked.signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(idle);
  say('Stopping …');
  await stack.stop();
  say('Stopped; no process is left, the state is kept.');
}

function tell(options: Options, running: { pid: number; addresses: StackAddresses; stateRoot: string }, end: string): void {
  print(options, running, `${tellAddresses(running.addresses, running.stateRoot)}\n${end}`);
}
