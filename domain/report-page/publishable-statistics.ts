/** Each of these is the value of a single row. */
const ofOneRow = ['smallest', 'smallestInBaseline', 'largest', 'largestInBaseline'];

/** What may be shown to any reader: figures of many rows. */
export function publishableStatistics(statistics: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(statistics).filter(([name]) => !ofOneRow.includes(name)));
}
