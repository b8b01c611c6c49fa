import betainc from '@stdlib/math-base-special-betainc';

/**
 * Exact 95% interval of a share: the shares under which so many hits or more, and so many or fewer, have a chance of at least .025
 * each. Holds for any number of rows, if rows are independent; wider than need be with few.
 *
 * @param hits of `rows`, 0 ≤ hits ≤ rows
 * @returns within 0…1; everything where there are no rows
 *
 * Ends to 1e-12, by bisection. Source: Clopper & Pearson, "The use of confidence or fiducial limits", 1934.
 */
export function clopperPearson(hits: number, rows: number): readonly [number, number] {
  const low = hits <= 0 ? 0 : shareAt((share) => betainc(share, hits, rows - hits + 1) < 0.025);
  const high = hits >= rows ? 1 : shareAt((share) => betainc(share, hits + 1, rows - hits) < 0.975);
  return [low, high];
}

/** The share up to which something holds. */
function shareAt(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
