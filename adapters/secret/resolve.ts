import { readFileSync } from 'node:fs';
import type { SecretName } from '../../domain/policy/policy.ts';

/**
 * The secret behind a name, in the process that uses it. Never log, store or return it.
 *
 * @throws naming the name and the remedy, never what was found
 */
export function resolveSecret(name: SecretName, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const [kind, place] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
  const found = kind === 'env' ? environment[place] : kind === 'file' ? fileText(place) : undefined;
  const secret = found?.trim();
  if (secret) return secret;
  const remedy =
    kind === 'env' ? `Set ${place} in the environment of this process.` : `Write the secret to ${place}, readable by this process.`;
  throw new Error(`Secret ${name} is not set. ${remedy}`);
}

function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
