import { startStack } from '../../../scripts/embedded/stack.ts';

/** Holds a stack without workers in the state folder of its environment until SIGTERM; killed by tests in less polite ways too. */
const stack = await startStack({
  cwd: process.cwd(),
  env: process.env,
  ports: 'any',
  without: ['worker', 'heavy-worker'],
  say: console.log,
});
console.log('holding');
process.once('SIGTERM', () => stack.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
