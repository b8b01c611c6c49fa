export type PartName = 'train' | 'validation' | 'test';

/**
 * The part a day's rows belong to, by a hash of its date alone: a day stays in its part for ever, so what was tested on once is never
 * learnt from later.
 *
 * @param day `YYYY-MM-DD`
 * @param split shares of the parts, adding up to 1
 */
export function dealDay(day: string, split: Readonly<Record<PartName, number>>): PartName {
  const place = hashOf(day);
  if (place < split.train) return 'train';
  return place < split.train + split.validation ? 'validation' : 'test';
}

/** FNV-1a, then MurmurHash3's finaliser, as a share in [0, 1). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
