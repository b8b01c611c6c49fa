/** Compares dotted numbers: "1.10.0" is at least "1.9". */
export function isAtLeast(version, least) {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number));
  for (let place = 0; place < need.length; place++) {
    const difference = (have[place] ?? 0) - need[place];
    if (difference !== 0) return difference > 0;
  }
  return true;
}
