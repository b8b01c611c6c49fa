import { isModelName } from '../identity/names.ts';
import { isRecord, type Reading, wrong } from './reading.ts';
import type { RoutingTable } from './routing-table.ts';

/** Checks a parsed routing table: one champion, at most one candidate, http addresses, shares in 0…1 that add up to 1. */
export function readRoutingTable(value: unknown): Reading<RoutingTable> {
  if (!isRecord(value)) return wrong('table', 'the table is not a JSON object');
  const problem = problemOfHead(value) ?? problemOfArms(value.arms) ?? problemOfHold(value.hold);
  return problem === undefined ? { ok: true, value: value as unknown as RoutingTable } : wrong('table', problem);
}

function problemOfHead(table: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof table.model !== 'string' || !isModelName(table.model)) return '"model" is not a model name';
  if (!Number.isInteger(table.epoch) || (table.epoch as number) < 1) return '"epoch" is not an integer from 1';
  if (typeof table.replay !== 'boolean') return '"replay" is neither true nor false';
  if (!isText(table.writtenBy)) return '"writtenBy" is not an effect key';
  if (table.rollout !== undefined && !isText(table.rollout)) return '"rollout" is not a decision id';
  if (table.unit !== undefined && !isText(table.unit)) return '"unit" is not the name of a feature';
  return undefined;
}

function problemOfArms(arms: unknown): string | undefined {
  if (!Array.isArray(arms)) return '"arms" is not an array';
  const names = arms.map((arm) => (isRecord(arm) ? arm.arm : undefined));
  if (names.filter((name) => name === 'champion').length !== 1) return 'there is not exactly one champion arm';
  if (names.filter((name) => name === 'candidate').length !== names.length - 1 || names.length > 2)
    return 'beside the champion there may be one candidate arm and no other';
  for (const arm of arms) {
    if (!isText(arm.version)) return `the ${arm.arm} has no version`;
    if (!isText(arm.url) || !/^https?:\/\//.test(arm.url)) return `the ${arm.arm}'s url is no http address`;
    if (!Number.isFinite(arm.share) || arm.share < 0 || arm.share > 1) return `the ${arm.arm}'s share is not in 0…1`;
  }
  const sum = arms.reduce((total: number, arm) => total + arm.share, 0);
  return Math.abs(sum - 1) <= 1e-9 ? undefined : `the shares add up to ${sum}, not to 1`;
}

function problemOfHold(hold: unknown): string | undefined {
  if (hold === undefined) return undefined;
  return isRecord(hold) && isText(hold.by) && isText(hold.reason) ? undefined : '"hold" does not say by whom and for what reason';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
