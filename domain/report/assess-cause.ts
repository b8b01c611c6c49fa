import { assessDrift } from '../drift/assess-drift.ts';
import { assessQualityOfAll } from '../drift/assess-quality-of-all.ts';
import type { OutcomeInput } from './assessment-input.ts';
import type { Cause } from './cause.ts';
import { maturedInput } from './matured-input.ts';
import type { Judgement } from './report.ts';
import { sayNames } from './say-names.ts';
import { sayNumber } from './say-number.ts';
import { byReach, sayMoved } from './says.ts';

/**
 * Tells concept drift from data drift where performance dropped against its anchor: undefined where it did not, or no input is watched.
 *
 * The inputs are judged once more, on the matured rows of the watched version that performance was judged on: those of the newest window
 * are other rows when labels are late. An input is steady when its movement was tested and is under its threshold, and it has no more
 * flaws than before. Each is looked at by itself, so a change of how two go together is not seen. Where no input moved and predictions did, it
 * is not the outcomes alone that changed.
 *
 * It explains an alarm and raises none, so it takes nothing from the false-alarm budget. Cost as of {@link assessDrift}.
 *
 * @param signals what the report says of performance
 * @param level   what an adjusted p-value must not exceed in a layer
 */
export function assessCause(input: OutcomeInput, signals: readonly Judgement[], level: number): Cause | undefined {
  if (!signals.some(({ statistic, outcome, segment }) => statistic === 'drop' && outcome === 'fail' && segment === undefined))
    return undefined;
  const judged = maturedInput(input);
  const drift = assessDrift(judged, level);
  const inputs = byReach(drift.filter(({ layer }) => layer === 'inputs'));
  if (inputs.length === 0) return undefined;
  const names = new Set(inputs.map(({ subject }) => subject));
  const flaws = assessQualityOfAll(judged, level).filter(({ subject }) => names.has(subject));
  const found = [...inputs, ...flaws];
  const moved = distinct(found.filter(({ outcome }) => outcome === 'fail'));
  const unclear = distinct(found.filter(isUnclear)).filter((name) => !moved.includes(name));
  const told = { inputs, moved, unclear };
  if (moved.length > 0) return causeOf('both', told);
  if (unclear.length > 0) return causeOf('unknown', told);
  const answers = distinct(drift.filter(({ layer, outcome }) => layer === 'predictions' && outcome === 'fail'));
  return answers.length > 0 ? causeOf('predictions', { ...told, moved: answers }) : causeOf('concept', told);
}

function causeOf(kind: Cause['kind'], found: Found): Cause {
  const { inputs, moved, unclear } = found;
  return { kind, inputs: distinct(inputs).length, moved, unclear, says: say[kind](found) };
}

interface Found {
  readonly inputs: readonly Judgement[];
  readonly moved: readonly string[];
  readonly unclear: readonly string[];
}

const say: Readonly<Record<Cause['kind'], (found: Found) => string>> = {
  concept: ({ inputs }) =>
    `Concept drift: the inputs of these rows are steady, the outcomes are not (none of ${inputs.length} moved by itself${most(inputs)}).`,
  predictions: ({ inputs, moved }) =>
    `Predictions of these rows moved (${sayNames(moved)}) and none of ${inputs.length} inputs did by itself: the model answers the same inputs otherwise, or hangs on what is not watched, such as how inputs go together.`,
  both: ({ moved }) => `Inputs of these rows moved too (${sayNames(moved)}): data drift alone and concept drift cannot be told apart.`,
  unknown: ({ unclear }) =>
    `Whether inputs of these rows moved cannot be judged (${sayNames(unclear)}): data drift and concept drift cannot be told apart.`,
};

function most([furthest]: readonly Judgement[]): string {
  return furthest === undefined ? '' : `; the most: ${sayMoved(furthest)}, alarm at ${sayNumber(furthest.threshold ?? 0)}`;
}

/** Far enough to matter and not sure is not steady. */
function isUnclear({ outcome, value, threshold }: Judgement): boolean {
  return outcome === 'inconclusive' || (outcome === 'pass' && value !== undefined && threshold !== undefined && value >= threshold);
}

function distinct(signals: readonly Judgement[]): string[] {
  return [...new Set(signals.map(({ subject }) => subject))];
}
