import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import type { EstimateGround } from './estimate-ground.ts';

const youngDays = 30;
const delaysWaited = 2;
const largestGap = 0.03;
const conceptLevel = 0.05;
const mostUncovered = 0.1;
const fewestPast = 8;

/**
 * What an estimate lacks to be believed, in words that follow "needs"; nothing where it may be. Without outcomes no change of what signs mean
 * can be seen: each of these is a sign that there may have been one, or that it would not be noticed.
 */
export function reasonsToAbstain(ground: EstimateGround): string[] {
  return [age, outcomes, calibrated, concept, conceptOfColumns, covered, proven].flatMap((lack) => lack(ground) ?? []);
}

function age({ ageDays, delayDays }: EstimateGround): string | undefined {
  const oldest = Math.max(youngDays, delaysWaited * delayDays);
  return ageDays > oldest ? `outcomes at most ${sayNumber(oldest)} days old; the newest are ${sayNumber(ageDays)}` : undefined;
}

function outcomes({ lacking }: EstimateGround): string | undefined {
  return lacking;
}

function calibrated({ calibration, alarmDistance, isShare }: EstimateGround): string | undefined {
  if (calibration === undefined) return undefined;
  const { gap } = calibration;
  const limit = isShare ? Math.min(largestGap, alarmDistance / 2) : largestGap;
  if (gap !== undefined && gap <= limit) return undefined;
  const found = gap === undefined ? 'that is not known' : `it may be ${sayNumber(gap)}`;
  return `a calibration error of at most ${sayNumber(limit)} on the newest outcomes; ${found}`;
}

function concept({ concept: test, signs }: EstimateGround): string | undefined {
  if (test.kind === 'none') return `${test.missing} (outcomes), to see whether ${signs} still mean the same`;
  return test.pValue < conceptLevel ? `newest outcomes like those before (p = ${sayP(test.pValue)})` : undefined;
}

function conceptOfColumns({ conceptOfColumns: tests, mistakes }: EstimateGround): string | undefined {
  const changed = tests.filter(({ pValue }) => pValue < conceptLevel);
  if (changed.length === 0) return undefined;
  const told = changed.map(({ column, pValue }) => `${column} (p = ${sayP(pValue)})`);
  return `newest ${mistakes} by column like those before; not so in ${told.join(', ')}`;
}

function covered({ uncovered, signs }: EstimateGround): string | undefined {
  if (uncovered <= mostUncovered) return undefined;
  return `outcomes for ${signs} like these; ${sayShare(uncovered)} of the rows have ${signs} with fewer than 30`;
}

function proven({ pastErrors, alarmDistance }: EstimateGround): string | undefined {
  const error = errorOf(pastErrors);
  if (pastErrors.length < fewestPast || error === undefined)
    return `${fewestPast} estimates that outcomes have proved; there are ${pastErrors.length}`;
  return error > alarmDistance ? `estimates nearer to the truth than an alarm is; one in ten was off by ${sayNumber(error)}` : undefined;
}

/** The 90th percentile of past errors: of those that were seen, the next larger one. Undefined without any. */
export function errorOf(pastErrors: readonly number[]): number | undefined {
  const rising = [...pastErrors].sort((a, b) => a - b);
  return rising[Math.ceil(0.9 * rising.length) - 1];
}
