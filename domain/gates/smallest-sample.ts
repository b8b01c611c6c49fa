/** Below these nothing is proven: a verdict is inconclusive. */
export const smallestSample = { rows: 50, days: 8 } as const;
