const namedAtMost = 3;

/** Names for a sentence, the first three of many: `temp, hum, wind and 4 more`. */
export function sayNames(names: readonly string[]): string {
  const more = names.length - namedAtMost;
  return `${names.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
