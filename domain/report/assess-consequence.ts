import { assessDrift } from '../drift/assess-drift.ts';
import { metricInWords } from '../performance/metric-in-words.ts';
import { worsening } from '../performance/outcome-sums.ts';
import type { MetricName } from '../policy/policy.ts';
import type { OutcomeInput } from './assessment-input.ts';
import type { Consequence } from './consequence.ts';
import { maturedInput } from './matured-input.ts';
import type { Judgement } from './report.ts';
import { sayNames } from './say-names.ts';
import { sayNumber } from './say-number.ts';

/** p-value up to which worse is more than chance. It decides nothing. */
const usualLevel = 0.05;

/**
 * Whether drift did harm: undefined where neither inputs nor predictions moved, and where performance failed, which says enough.
 *
 * Performance is judged on matured rows. Where labels are late these are others than the newest, so drift is looked for in them as well; what
 * moved only in newer ones has no outcomes yet. It explains alarms and takes none back. Cost as of {@link assessDrift} where rows differ.
 *
 * @param level what an adjusted p-value must not exceed in a layer
 */
export function assessConsequence(input: OutcomeInput, signals: readonly Judgement[], level: number): Consequence | undefined {
  const found = movedIn(signals);
  const performance = signals.filter(({ layer, segment }) => layer === 'performance' && segment === undefined);
  if (found.length === 0 || performance.some(({ outcome }) => outcome === 'fail')) return undefined;
  const drop = performance.find(({ statistic }) => statistic === 'drop');
  const unknown = (why: string): Consequence => ({
    kind: 'unknown',
    moved: found,
    says: `Whether it does harm that ${sayNames(found)} moved cannot be known${why}.`,
  });
  if (drop === undefined) return unknown(': no outcomes are given');
  if (drop.outcome === 'inconclusive') return unknown(` yet: needs ${drop.missing}`);

  const moved = hasOwnRows(input) ? found : movedIn(assessDrift(maturedInput(input), level)).filter((name) => found.includes(name));
  return moved.length === 0 ? unknown(' yet: in the rows whose outcomes are known it has not') : concluded(drop, moved, unknown);
}

function concluded(drop: Judgement, moved: readonly string[], unknown: (why: string) => Consequence): Consequence {
  const { subject, value = 0, reference = 0, threshold = 0, pValue = 1, pValueKind, interval = [value, value] } = drop;
  const metric = subject as MetricName;
  const between = interval.map(sayNumber).join(' to ');
  const figures = `${sayNumber(value)} [${between}], anchor ${sayNumber(reference)}`;
  const [name, begins] = [metricInWords(metric), `${sayNames(moved)} moved, and`];
  const worst = Math.max(...interval.map((end) => worsening(metric, end, 0)));
  if (worst < worsening(metric, reference, 0) && pValueKind === 'blocks') {
    const says = `${begins} the metric is better on these rows: ${name} ${figures}; such drift may be of benefit.`;
    return { kind: 'better', moved, says };
  }
  if (worst >= worsening(metric, threshold, 0))
    return unknown(` yet: ${name} may be worse on these rows by its limit or more (${figures})`);
  const isWorse = worsening(metric, value, reference) > 0 && pValue <= usualLevel;
  const says = `${begins} ${name} is ${isWorse ? 'worse by less than its limit' : 'as good as before'} on these rows (${figures}).`;
  return { kind: 'steady', moved, says };
}

function movedIn(signals: readonly Judgement[]): string[] {
  const drift = signals.filter(({ layer, segment }) => (layer === 'inputs' || layer === 'predictions') && segment === undefined);
  return [...new Set(drift.filter(({ outcome }) => outcome === 'fail').map(({ subject }) => subject))];
}

/** Performance is judged on the very rows that drift was looked for in. */
function hasOwnRows({ window, maturedWindow, windowDays, version }: OutcomeInput): boolean {
  const isSameTime = window.from === maturedWindow.from && window.to === maturedWindow.to;
  return isSameTime && windowDays.inputs.every((day) => day.version === version);
}
