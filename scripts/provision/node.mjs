import { SetupFailure } from './failure.mjs';
import { isAtLeast } from './version.mjs';

export function checkNode() {
  const found = process.versions.node;
  if (isAtLeast(found, '20.19.0')) return found;
  throw new SetupFailure(
    `Node ${found} is too old: 20.19 or later is needed.`,
    'Install a current Node from https://nodejs.org or your package manager.',
  );
}
