import type { Outcome } from '../identity/outcome.ts';
import type { Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayP, sayShare } from '../report/say-number.ts';
import { flawEffect } from './flaw-effect.ts';
import { flawInWords } from './flaw-in-words.ts';
import type { FlawShare } from './measure-quality.ts';
import { sayNewNames } from './told-names.ts';

export interface QualityStandards {
  readonly effects: Policy['watch']['effects'];
  readonly critical: boolean;
  readonly adjustedPValue?: number;
  readonly level: number;
}

/** A column half of whose rows broke needs no test, and fails under any threshold below. */
export const brokenShare = 0.5;
export const fewestRows = 30;

/**
 * Judges a rise in flawed rows, in points over the baseline's share; where few predictions have an outcome at all, half as many of them
 * is far enough. Under the threshold it passes; over it, it fails when the adjusted
 * p-value is at most the level, or when half of all rows broke; it is inconclusive when it could not be tested. What is certain fails.
 */
export function assessQuality(measured: FlawShare, standards: QualityStandards): Judgement {
  const { column, flaw, share, reference, rows, test, newNames, certain = false } = measured;
  const effect = flawEffect[flaw];
  const limit = standards.effects[effect];
  const threshold = flaw === 'unlabelled' ? Math.min(limit, (1 - reference) / 2) : limit;
  const adjusted = standards.adjustedPValue;
  const missing =
    rows < fewestRows ? `${fewestRows} rows in the window; there are ${rows}` : test.kind === 'none' ? test.missing : undefined;
  const isCertain = certain && rows >= fewestRows;
  const outcome = isCertain ? 'fail' : judge(share - reference, threshold, missing, adjusted === undefined || adjusted <= standards.level);
  const tested =
    test.kind === 'none' || adjusted === undefined ? {} : { pValue: test.pValue, pValueKind: test.kind, adjustedPValue: adjusted };
  return {
    layer: 'quality',
    subject: column,
    statistic: flaw,
    outcome,
    value: share - reference,
    threshold,
    ...tested,
    statistics: { share, shareInBaseline: reference, rowsInWindow: rows, ...(newNames && { newNames: newNames.names }) },
    ...(outcome === 'inconclusive' && missing !== undefined ? { missing } : {}),
    critical: standards.critical,
    policyPath: `/watch/effects/${effect}`,
    says:
      `${column}: ${sayShare(share)} of rows are ${flawInWords[flaw]}, ${sayShare(reference)} in the baseline (alarm at ${sayShare(threshold)} more)` +
      `${outcome === 'inconclusive' ? `; cannot be judged: needs ${missing}` : adjusted === undefined ? '' : `, adjusted p = ${sayP(adjusted)}`}.` +
      `${newNames ? ` ${sayNewNames(newNames)}.` : ''}`,
  };
}

function judge(rise: number, threshold: number, missing: string | undefined, certain: boolean): Outcome {
  if (rise < threshold || rise <= 0) return 'pass';
  if (missing === undefined) return certain || rise >= brokenShare ? 'fail' : 'pass';
  return rise >= brokenShare && !missing.includes('rows in the window') ? 'fail' : 'inconclusive';
}
