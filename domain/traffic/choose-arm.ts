import type { Arm, RoutingTable } from './routing-table.ts';

/** The candidate's share of units, 0 when there is none. */
export function candidateShare(table: RoutingTable): number {
  return table.arms.find((arm) => arm.arm === 'candidate')?.share ?? 0;
}

/** The arm that answers when the assigned one cannot. */
export function championOf(table: RoutingTable): Arm {
  return table.arms.find((arm) => arm.arm === 'champion') as Arm;
}

/**
 * The arm of a unit at `position` in [0, 1): the candidate has [0, share), so raising its share moves nobody back.
 *
 * @param table one that readRoutingTable accepts
 */
export function chooseArm(table: RoutingTable, position: number): Arm {
  const candidate = table.arms.find((arm) => arm.arm === 'candidate');
  return candidate !== undefined && position < candidate.share ? candidate : championOf(table);
}
