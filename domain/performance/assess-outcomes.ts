import { daysBetween, type EventTime, plusDays } from '../identity/event-time.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import type { Drop } from '../policy/policy.ts';
import { earlierDays, type OutcomeInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { assessChange, type Change, measureChange } from './assess-change.ts';
import { assessFairness, measureFairness } from './assess-fairness.ts';
import { assessFloor } from './assess-floor.ts';
import { assessLevels, type LevelRules, pastOf } from './assess-levels.ts';
import { assessSegments, hasLimit, measureSegments, segmentPValue } from './assess-segments.ts';
import { assessTrend } from './assess-trend.ts';
import { assessEstimate } from './estimate/assess-estimate.ts';
import { measureAll } from './measure-all.ts';
import { calibrationInBaseline } from './measure-calibration.ts';
import { measureTrend } from './measure-trend.ts';
import type { OutcomeDay } from './outcome-day.ts';
import { outcomeDays } from './outcome-days.ts';
import { outcomeScale } from './outcome-scale.ts';
import type { LaterOutcomes } from './stable-outcome-blocks.ts';
import { steadyDays } from './steady-days.ts';
import { windowsOfDays } from './windows-of-days.ts';

/**
 * Performance of the watched version on its matured rows. None without an outcome source: then performance is not watched at all.
 *
 * - `drop`: the whole matured window against the baseline's frozen anchor; it tells every other metric of the window beside
 * - `sudden`: its newest days against the newest steady days before it
 * - `floor`: the hard limit, where the policy has one
 * - `trend`: week by week; the baseline's weeks count when they are production like the others
 * - `change`: day by day since the baseline, anytime-valid; begun anew every twelve weeks, so that old days need not be read for ever
 * - `estimate`: what it is likely to be on the newest window, whose outcomes are not known yet
 * - `drop` of a slice: the same of its rows alone
 * - `fairness`: how far the groups the policy names are apart
 *
 * Drop, sudden, floor and fairness are alarms, and slices the policy gives a limit. Trend, change and all other slices warn, unless the policy names the
 * first two as triggers. The layer's level is kept by the alarms: those with a p-value are one family, adjusted by Benjamini-Hochberg; where
 * change is an alarm, it gets half the level and the family the other half. What only warns has half a level of its own: trend, change and the
 * slices, which are a family. An estimate only warns.
 *
 * Where rows have no time and are taken as independent, there is nothing newest and nothing becomes worse: sudden, trend, change and estimate are
 * not asked.
 */
export function assessOutcomes(input: OutcomeInput, level: number): Judgement[] {
  const { policy, baseline, version, maturedWindow, windowDays, rowsAreIndependent } = input;
  if (policy.sources.outcomes === undefined) return [];
  const { metric, drop, sudden, trend: limit, floor } = policy.performance;
  const [trendAlarms, changeAlarms] = [triggersOn(input, 'trend'), triggersOn(input, 'change')];
  const scale = outcomeScale(input.grid, policy.task.kind === 'classification' ? policy.task.positive : undefined);
  const rules: LevelRules = {
    metric,
    drop,
    sudden,
    scale,
    windowDays: daysBetween(maturedWindow.from, maturedWindow.to),
    season: policy.baseline.season,
    level: changeAlarms ? level / 2 : level,
    ...(rowsAreIndependent && { rowsAreIndependent }),
  };

  const anchor = outcomeDays(baseline?.days ?? [], version);
  const window = outcomeDays(windowDays.matured, version);
  const earlier = outcomeDays(windowDays.earlier, version);
  const after = [...earlier, ...window].filter(({ day }) => anchor.every((held) => held.day < day));
  const inService = rowsAreIndependent ? [] : [...(baseline?.body.from === 'production' ? anchor : []), ...after];

  const trend = measureTrend(metric, scale, inService, { season: rules.season, anchor, limit });
  const trendPValue = trend.drawn?.pValue ?? 1;
  const steady = steadyDays(rules, anchor, earlier);
  const laterOf = (days: readonly OutcomeDay[], judged: readonly OutcomeDay[], limit: Drop): LaterOutcomes => ({
    windows: baseline ? windowsOfDays(days, pastOf(rules, judged, rules.windowDays), maturedWindow, baseline.body.window.to) : [],
    alarmed: steady.alarmed,
    limit,
    level: rules.level,
  });
  const segments = measureSegments({
    rules,
    dimensions: input.grid.dimensions ?? [],
    days: { anchor: baseline?.days ?? [], earlier: windowDays.earlier, window: windowDays.matured },
    outcomeDays: (partitions) => outcomeDays(partitions, version),
    laterOf: (days, judged, slice) => laterOf(days, judged, policy.performance.segments[slice] ?? drop),
  });
  const unfair = measureFairness({
    policy,
    dimensions: input.grid.dimensions ?? [],
    scale,
    anchor: baseline?.days ?? [],
    window: windowDays.matured,
    outcomeDays: (partitions) => outcomeDays(partitions, version),
  });
  const limited = segments.filter((segment) => hasLimit(policy.performance, segment)).map(segmentPValue);
  const levels = assessLevels(rules, { anchor, steady: steady.days, window, later: laterOf(earlier, window, drop) }, [
    ...limited,
    ...unfair.map(({ pValue }) => pValue),
    ...(trendAlarms ? [trendPValue] : []),
  ]);
  const all = {
    ...measureAll(
      window.map(({ outcomes }) => outcomes),
      scale,
    ),
    ...(anchor.length > 0 && calibrationInBaseline(anchor.map(({ outcomes }) => outcomes).reduce(addOutcomes))),
  };
  const signals = [
    ...levels.signals.map((signal) => (signal.statistic === 'drop' ? { ...signal, statistics: { ...all, ...signal.statistics } } : signal)),
    ...(floor === undefined ? [] : [assessFloor(levels.whole, floor)]),
  ];
  const course = () => {
    const runLength = input.lookEveryDays / (level / 2);
    const adjustedPValue = levels.beside[limited.length + unfair.length] ?? trendPValue;
    return [
      assessTrend(metric, trend, { adjustedPValue, level: trendAlarms ? rules.level : level / 2, critical: trendAlarms }),
      assessChange(metric, changeSince(input, rules, { anchor, window, after }, runLength), {
        limit: drop,
        runLength,
        critical: changeAlarms,
      }),
    ];
  };
  const ofSegments = assessSegments(policy.performance, segments, {
    adjusted: levels.beside.slice(0, limited.length),
    level: rules.level,
    warningLevel: level / 2,
  });
  const ofGroups = assessFairness(policy, unfair, {
    adjusted: levels.beside.slice(limited.length),
    level: rules.level,
    ...(rowsAreIndependent && { pValueKind: 'independentRows' }),
  });
  if (rowsAreIndependent) return [...withLabelledShare(input, signals), ...ofSegments, ...ofGroups];
  return [...withLabelledShare(input, [...signals, ...course()]), ...assessEstimate(input, scale), ...ofSegments, ...ofGroups];
}

function changeSince(
  { baseline, maturedWindow }: OutcomeInput,
  rules: LevelRules,
  { anchor, window, after }: Readonly<Record<'anchor' | 'window' | 'after', readonly OutcomeDay[]>>,
  runLength: number,
): Change {
  const from = maturedWindow.from.slice(0, 10);
  const began = baseline === undefined ? from : stretchStart(baseline.body.window.to, maturedWindow.to);
  const later = after.filter(({ day }) => day >= began);
  const { metric, scale, season } = rules;
  return measureChange(metric, anchor, later, { scale, season, from, past: pastOf(rules, window, rules.windowDays), runLength });
}

/** First day of the stretch of {@link earlierDays} days, counted from the baseline's end, that the window ends in. */
function stretchStart(baselineTo: EventTime, windowTo: EventTime): string {
  const whole = Math.ceil(daysBetween(baselineTo, windowTo) / earlierDays) - 1;
  return plusDays(baselineTo, earlierDays * Math.max(0, whole)).slice(0, 10);
}

function triggersOn({ policy, rowsAreIndependent }: OutcomeInput, name: 'trend' | 'change'): boolean {
  return !rowsAreIndependent && policy.retrain.triggers.some(({ on }) => on === name);
}

/** How many of the predictions that should have an outcome by now have one. */
function withLabelledShare({ outcomesExpected, windowDays, version }: OutcomeInput, signals: readonly Judgement[]): readonly Judgement[] {
  if (outcomesExpected === 0) return signals;
  const own = windowDays.matured.filter(({ version: by }) => by === version);
  const labelledShare = own.reduce((rows, { outcomes }) => rows + (outcomes?.matched ?? 0), 0) / outcomesExpected;
  return signals.map((signal) => ({ ...signal, statistics: { ...signal.statistics, labelledShare } }));
}
