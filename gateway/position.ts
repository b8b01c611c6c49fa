import { createHash } from 'node:crypto';

/** Where a unit stands in [0, 1): the same for the same salt, evenly spread. The first 48 bits of sha256(salt/unit). */
export function positionOf(salt: string, unit: string): number {
  return createHash('sha256').update(`${salt}/${unit}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
