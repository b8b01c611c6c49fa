const names = 20;

/**
 * Of counted names the twenty whose hash is smallest. Keeping these of parts, then of their sum, gives the same as keeping them of
 * the whole, counts included: so long lists of unseen categories can be added in any order.
 */
export function smallestNames(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const ranked = [...counts].map(([name, count]) => ({ name, count, hash: hashOf(name) }));
  ranked.sort((one, other) => one.hash - other.hash || (one.name < other.name ? -1 : 1));
  const kept = ranked.slice(0, names).sort((one, other) => (one.name < other.name ? -1 : 1));
  return Object.fromEntries(kept.map(({ name, count }) => [name, count]));
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
