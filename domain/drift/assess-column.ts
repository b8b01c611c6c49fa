import { columnInWords } from '../grid/kind-of.ts';
import type { Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import { laterStatistics } from '../statistics/later-blocks.ts';
import { tQuantile } from '../statistics/t-quantile.ts';
import { trendLevel } from '../statistics/trend.ts';
import type { ShiftError } from './column-past.ts';
import { judgedEffects } from './judged-effect.ts';
import { type LeadingEffect, leadingEffect } from './leading-effect.ts';
import type { ColumnMovement } from './measure-column.ts';

export interface ColumnStandards {
  readonly layer: 'inputs' | 'predictions';
  readonly effects: Policy['watch']['effects'];
  readonly critical: boolean;
  /** Share of the importance of all columns; absent where it is not known. */
  readonly importance?: number;
  /** The slice whose rows alone were measured. */
  readonly segment?: string;
  /** The column's test within its layer; absent where it could not be tested. */
  readonly adjusted?: Adjusted;
  /** What an adjusted p-value must not exceed to be an alarm. */
  readonly level: number;
}

export interface Adjusted {
  readonly pValue: number;
  /** What a p-value is multiplied by where this column alone moved. */
  readonly family: number;
}

/**
 * Judges one column's movement: it fails when some effect reaches its threshold and the adjusted p-value is at most the level. It is
 * inconclusive when it could not be measured or tested, and when it moved far enough but the baseline's own trend hides whether that
 * is more than usual.
 *
 * The signal tells of the effect nearest to, or furthest over, its own threshold.
 */
export function assessColumn(movement: ColumnMovement, standards: ColumnStandards): Judgement {
  const { column, test, distribution } = movement;
  const effect = leadingEffect(column, movement.statistics, standards.effects);
  const interval = effect && movement.intervals[effect.name];
  const withInterval = interval === undefined ? {} : { interval };
  const missing = lacking(movement, effect, standards);
  const name = `${columnInWords(column)}${standards.segment === undefined ? '' : ` in ${standards.segment}`}`;
  const common = {
    layer: standards.layer,
    subject: column.name,
    critical: standards.critical,
    statistics: measuredStatistics(movement, standards),
    ...(distribution && { distribution }),
  };
  if (effect === undefined || test.kind === 'none' || missing !== undefined) {
    return {
      ...common,
      ...(effect
        ? { statistic: effect.statistic, value: effect.value, threshold: effect.threshold, ...withInterval }
        : { statistic: 'none' }),
      outcome: 'inconclusive',
      missing: missing ?? 'a measurable effect',
      policyPath: `/watch/effects${effect ? `/${effect.name}` : ''}`,
      says: `${name}${effect ? ` moved ${sayEffect(effect, interval)}, but` : ''} cannot be judged: needs ${missing ?? 'a measurable effect'}.`,
    };
  }

  const adjusted = standards.adjusted?.pValue ?? test.pValue;
  const failed = effect.value >= effect.threshold && adjusted <= standards.level;
  return {
    ...common,
    statistic: effect.statistic,
    value: effect.value,
    ...withInterval,
    threshold: effect.threshold,
    pValue: test.pValue,
    pValueKind: test.kind,
    adjustedPValue: adjusted,
    outcome: failed ? 'fail' : 'pass',
    policyPath: `/watch/effects/${effect.name}`,
    says: `${name} moved ${sayEffect(effect, interval)} (alarm at ${sayNumber(effect.threshold)}), adjusted p = ${sayP(adjusted)} (alarm at ${sayP(standards.level)}).`,
  };
}

function sayEffect({ name, value }: LeadingEffect, interval: readonly [number, number] | undefined): string {
  const between = interval && ` [${sayNumber(interval[0])} to ${sayNumber(interval[1])}]`;
  return `${sayNumber(value)} ${judgedEffects[name].said}${between ?? ''}`;
}

function lacking({ test, trendPValue }: ColumnMovement, effect: LeadingEffect | undefined, standards: ColumnStandards): string | undefined {
  if (test.kind === 'none') return test.missing;
  const blinded = trendPValue !== undefined && trendPValue < trendLevel && (standards.adjusted?.pValue ?? test.pValue) > standards.level;
  if (!blinded || effect === undefined || effect.value < effect.threshold) return undefined;
  return `a baseline without a trend of its own (trend p = ${sayP(trendPValue)})`;
}

function measuredStatistics(
  { statistics, rows, shiftError, trendPValue, test, later }: ColumnMovement,
  { level, adjusted, importance }: ColumnStandards,
): Record<string, number> {
  return {
    ...statistics,
    ...(importance === undefined ? {} : { importance }),
    rowsInBaseline: rows.baseline,
    rowsInWindow: rows.window,
    ...('blocks' in test ? { blocks: test.blocks } : {}),
    ...(trendPValue === undefined ? {} : { trendPValue }),
    ...laterStatistics(later),
    ...(shiftError === undefined ? {} : { smallestShiftSeenInSigmas: smallestShift(shiftError, level / (adjusted?.family ?? 1)) }),
  };
}

/** A mean that has moved so far is found in half of all checks. */
function smallestShift({ standardError, degrees, times }: ShiftError, level: number): number {
  return tQuantile(level / times, degrees) * standardError;
}
