import { daysBetween } from '../identity/event-time.ts';
import { metricInWords } from '../performance/metric-in-words.ts';
import type { MetricName } from '../policy/policy.ts';
import { sayNumber } from '../report/say-number.ts';
import type { Backtest, Degradation, JudgedRule, Warning } from './backtest.ts';
import { dayOf, plural, ruleInWords } from './backtest-in-words.ts';

type Found = Omit<Backtest, 'verdict' | 'says'>;

/**
 * `fails` when our rule missed a degradation, or had more false episodes than the budget allows in as many days, rounded up;
 * `inconclusive` when no window's labels could tell; else `holds`.
 */
export function concludeBacktest(found: Found): Pick<Backtest, 'verdict' | 'says'> {
  const ours = found.rules[0] as JudgedRule;
  const known = found.hindsight.filter(({ is }) => is !== 'unknown').length;
  const verdict = known === 0 ? 'inconclusive' : ours.missed > 0 || ours.falseAlarms > allowedAlarms(found) ? 'fails' : 'holds';
  const says = [sayVerdict(found, ours, known), ...sayDegradations(found, ours), ...sayDoubt(found), sayUsualRules(found)];
  return { verdict, says: [...says, sayRetraining(found)] };
}

/** False episodes the budget allows in the days that were watched, rounded up. */
export function allowedAlarms({ budget, looks, lookEveryDays }: Pick<Backtest, 'budget' | 'looks' | 'lookEveryDays'>): number {
  return Math.ceil((budget.atMost * looks.length * lookEveryDays) / budget.perDays);
}

function sayVerdict(found: Found, ours: JudgedRule, known: number): string {
  const { looks, budget, degradations, hindsight } = found;
  const span = `${plural(looks.length, 'look')} from ${dayOf(looks[0]?.asOf)} to ${dayOf(looks.at(-1)?.asOf)}`;
  const episodes = `${plural(ours.episodes.length, 'alarm')} in ${span}`;
  if (hindsight.length === 0) return `${episodes}; without outcomes none can be confirmed, and nothing that was missed can be seen.`;
  if (known === 0) return `${episodes}; for no window could labels tell whether the model had become worse.`;
  const lasting = degradations.flatMap(({ lasts }, index) => (lasts ? [ours.warnings[index]] : []));
  const told = lasting.filter((warning) => warning?.is !== 'none').length;
  const open = ours.open > 0 ? `, ${ours.open} still open` : '';
  return `${episodes}: ${told} of ${plural(lasting.length, 'degradation')} told, ${plural(ours.falseAlarms, 'false alarm')}${open}; the budget allows ${allowedAlarms(found)} (at most ${budget.atMost} in ${sayNumber(budget.perDays)} days).`;
}

function sayDegradations({ metric, degradations }: Found, { warnings }: JudgedRule): string[] {
  return degradations.slice(0, 3).map((degradation, index) => `${sayDegradation(metric, degradation)} ${sayWarning(warnings[index])}`);
}

function sayDegradation(metric: MetricName, { span, worst, lasts }: Degradation): string {
  const passing = lasts ? '' : ' in passing';
  return `${metricInWords(metric)} was degraded${passing} from ${dayOf(span.from)} to ${dayOf(span.to)}: at worst ${sayNumber(worst.value)}, in the baseline ${sayNumber(worst.reference)}.`;
}

/** How a degradation was told, as a sentence. */
function sayWarning(warning: Warning | undefined): string {
  if (warning?.is !== 'told') return warning?.is === 'on already' ? 'Alarms were on already.' : 'No alarm told of it.';
  const told = `The first alarm came on ${dayOf(warning.at)}`;
  if (warning.daysEarly === undefined) return `${told}; its labels had not matured in the end.`;
  const days = Math.round(warning.daysEarly);
  if (days === 0) return `${told}, at the look at which its labels had matured.`;
  return `${told}, ${plural(Math.abs(days), 'day')} ${days > 0 ? 'before' : 'after'} the look at which its labels had matured.`;
}

/** Looks without an alarm prove something only where they could have had one. */
function sayDoubt({ looks }: Found): string[] {
  const doubtful = looks.filter(({ outcome }) => outcome === 'inconclusive');
  const [first, last] = [doubtful[0], doubtful.at(-1)];
  if (first === undefined || last === undefined) return [];
  const when = first === last ? `, on ${dayOf(first.asOf)}` : `, from ${dayOf(first.asOf)} to ${dayOf(last.asOf)}`;
  return [
    `Of ${plural(looks.length, 'look')} ${doubtful.length} ${doubtful.length === 1 ? 'was' : 'were'} inconclusive${when}: they prove nothing.`,
  ];
}

function sayUsualRules({ rules, looks }: Found): string {
  const told = rules.slice(1).map(({ rule, alarmedLooks, falseLooks }) => {
    const wrongly = falseLooks === 0 ? '' : ` (${falseLooks} with nothing wrong)`;
    return `${ruleInWords[rule]}, at ${alarmedLooks}${wrongly}`;
  });
  return `On the same rows usual rules alarm, of ${plural(looks.length, 'look')}: ${told.join('; ')}.`;
}

function sayRetraining({ looks }: Found): string {
  const asked = looks.filter(({ wantsRetraining }) => wantsRetraining);
  const [first] = asked;
  if (first === undefined) return 'No retraining would have been asked for.';
  const times = asked.length === 1 ? '' : `, and ${plural(asked.length - 1, 'time')} after`;
  const after =
    daysBetween(first.asOf, (looks.at(-1) ?? first).asOf) > 0 ? ' Nothing was retrained, so later looks saw the same model.' : '';
  return `A retraining would have been asked for on ${dayOf(first.asOf)}${times}.${after}`;
}
