import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { rootsOf } from '../../worker/roots.ts';
import { play } from '../demo/play.ts';
import { tellSummary } from '../demo/tell-summary.ts';
import { provide } from '../embedded/provide.ts';
import { startStack } from '../embedded/stack.ts';
import { print } from '../models/output.ts';
import { inSession } from '../models/session.ts';

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'One real model, real data, real servers: it degrades, is retrained, judged, rolled out step by step, and rolled back. About five minutes.',
    )
    .option('--exit', 'end when the story has ended; the exit code says whether each act ended as it must')
    .option('--json', 'the acts as JSON when the story has ended; the story itself goes to standard error')
    .addHelpText('after', '\nExample:\n  anchorwatch demo --exit')
    .action(demo);
}

async function demo(options: { readonly exit?: true; readonly json?: true }): Promise<void> {
  const where = { cwd: process.cwd(), env: process.env };
  const roots = rootsOf(where.cwd, where.env);
  const say = (line: string) => (options.json ? console.error(line) : console.log(line));
  await provide(roots, where.env);
  await setAside(roots.stateRoot, say);

  const began = Date.now();
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(new Error(`ended by ${signal}`)));
  const stack = await startStack({ ...where, say, signal: asked.signal });
  const ended = new Promise<'ended'>((resolve) => asked.signal.addEventListener('abort', () => resolve('ended'), { once: true }));
  try {
    const played = await Promise.race([inSession((session) => play(session, join(roots.packageRoot, 'examples/bike-demand'), say)), ended]);
    if (played === 'ended') return;
    const summary = await inSession((session) => tellSummary(session, played, stack.addresses, (Date.now() - began) / 1000));
    print(options, { acts: played }, summary);
    process.exitCode = played.every(({ asItMust }) => asItMust) ? 0 : 1;
    if (options.exit) return;
    say('\nEverything stays up until ctrl-C.');
    const idle = setInterval(() => undefined, 60_000);
    await ended;
    clearInterval(idle);
  } finally {
    await stack.stop();
  }
}

/** The story begins at the beginning; what an earlier one left is moved aside, not removed. */
async function setAside(stateRoot: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(join(stateRoot, 'temporal.db'))) return;
  const aside = `${stateRoot}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;
  await rename(stateRoot, aside);
  say(`What was in ${stateRoot} now stands in ${aside}.`);
}
