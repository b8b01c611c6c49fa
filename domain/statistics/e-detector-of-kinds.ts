import { type ChangeDetector, finite } from './change-detector.ts';
import { type EDetectorState, evidenceAfter, evidenceOf, noEvidence } from './e-detector.ts';

/** A value, and what it has in common with those it may be ranked among: of one day, its weekday. */
export interface ValueOfKind {
  readonly kind: string;
  readonly value: number;
}

export interface EDetectorOfKindsState extends Pick<EDetectorState, 'evidence'> {
  /** Every value so far by kind, those of the baseline first. */
  readonly past: Readonly<Record<string, readonly number[]>>;
}

/**
 * The {@link eDetector} of a series whose values are like each other only within a kind, such as the weekdays of a seasonal loss: each value
 * is ranked among those of its own kind, and all ranks feed one evidence.
 *
 * **Guarantee.** That of the e-detector, if values are exchangeable within each kind, whatever kinds differ in and in whatever order they come: a
 * rank among n values of a kind is still 1…n with equal chance, independent of all ranks before. Nothing is estimated of a kind, so a kind of
 * few values costs power and no false alarm; subtracting a mean of few values would cost them. The first value of a kind pays 1.
 *
 * Cost O(values of the kind) a value, in time and memory. Source: Vovk, Gammerman & Shafer, "Algorithmic Learning in a Random World", 2005,
 * chapter 4 (Mondrian confidence machines).
 */
export function eDetectorOfKinds(baseline: readonly ValueOfKind[], runLength: number): ChangeDetector<EDetectorOfKindsState, ValueOfKind> {
  const start = baseline.reduce<EDetectorOfKindsState['past']>((past, one) => withValue(past, one), {});
  return {
    start: { past: start, evidence: noEvidence },
    observe(before, of) {
      const past = withValue(before.past, of);
      const evidence = evidenceAfter(before, of.value, past[of.kind] as readonly number[], runLength);
      return { state: { past, evidence }, changed: evidenceOf({ evidence }) >= runLength };
    },
  };
}

function withValue(past: EDetectorOfKindsState['past'], { kind, value }: ValueOfKind): EDetectorOfKindsState['past'] {
  return { ...past, [kind]: [...(past[kind] ?? []), finite(value)] };
}
