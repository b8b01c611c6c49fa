import { lookEveryDays } from '../ledger/look-every-days.ts';
import type { Policy } from '../policy/policy.ts';
import type { Backtest, Hindsight, Look, RuleName } from './backtest.ts';
import { concludeBacktest } from './conclude-backtest.ts';
import { degradationsOf } from './degradations-of.ts';
import { type AllLabels, hindsightOf } from './hindsight.ts';
import { judgeRule } from './judge-rule.ts';

export interface Walked {
  readonly policy: Policy;
  readonly baseline: Backtest['baseline'];
  /** Ascending, at least one. */
  readonly looks: readonly Look[];
  /** Absent when the policy names no outcomes. */
  readonly labels?: AllLabels;
  readonly notes: readonly string[];
}

const rules: readonly RuleName[] = ['anchorwatch', 'psi', 'kolmogorovSmirnov'];

/** Holds what each look said against what the labels said in the end. Pure: the same past gives the same backtest. */
export function makeBacktest({ policy, baseline, looks, labels, notes }: Walked): Backtest {
  const { metric, drop } = policy.performance;
  const { falseAlarms: budget, schedule, grain } = policy.watch;
  const windowDays = Math.ceil(policy.watch.windowDays);
  const every = lookEveryDays(schedule, grain);
  const seen = (segment?: string): Hindsight => {
    const hindsight = labels === undefined ? [] : hindsightOf(policy, looks, labels, segment);
    return { hindsight, degradations: degradationsOf(metric, windowDays, hindsight) };
  };
  const { hindsight, degradations } = seen();
  const segments = Object.fromEntries(alarmedSegments(looks).map((segment) => [segment, seen(segment)]));
  const past = { looks, hindsight, degradations, segments, windowDays, lookEveryDays: every, budgetDays: budget.perDays };
  const found = {
    model: policy.model,
    metric,
    drop,
    budget,
    baseline,
    windowDays,
    maturesAfterDays: policy.labels.maturesAfterDays,
    lookEveryDays: every,
    looks,
    hindsight,
    degradations,
    segments,
    rules: rules.map((rule) => judgeRule(rule, past)),
    notes,
  };
  return { ...found, ...concludeBacktest(found) };
}

/** Slices that some look alarmed about. */
function alarmedSegments(looks: readonly Look[]): string[] {
  const named = looks.flatMap(({ alarms }) => Object.values(alarms).flat()).flatMap(({ segment }) => segment ?? []);
  return [...new Set(named)].sort();
}
