import type { Dimension } from '../../domain/policy/dimension.ts';
import { sliceNamed } from './dimensions.ts';
import { nameOfStep, pointerStep } from './document.ts';

/** Limits of single segments: a person may name them in short. */
const limits = '/performance/segments/';

/** Where in the file a person writes what the policy holds: pairs of the policy's and the file's JSON pointers. The longest wins. */
const places: readonly (readonly [string, string])[] = [
  ['/columns/declared', '/columns/kinds'],
  ['/columns/ignored', '/columns/ignore'],
  ['/sources/predictions/timeLimitSeconds', '/sources/predictions/timeLimit'],
  ['/sources/outcomes/timeLimitSeconds', '/sources/outcomes/timeLimit'],
  ['/sources/history/timeLimitSeconds', '/sources/history/timeLimit'],
  ['/labels/maturesAfterDays', '/sources/outcomes/maturesAfter'],
  ['/labels/absentMeans', '/sources/outcomes/absentMeans'],
  ['/baseline/windowDays', '/baseline/window'],
  ['/watch/windowDays', '/watch/window'],
  ['/watch/falseAlarms', '/falseAlarms'],
  ['/watch/falseAlarms/perDays', '/falseAlarms/per'],
  ['/watch/effects/wassersteinInSigmas', '/watch/effects/wasserstein'],
  ['/watch/effects/nullPoints', '/watch/effects/nulls'],
  ['/watch/effects/newCategoryShare', '/watch/effects/newCategories'],
  ['/severity/P0/answerWithinHours', '/severity/P0/within'],
  ['/severity/P1/answerWithinHours', '/severity/P1/within'],
  ['/severity/P2/answerWithinHours', '/severity/P2/within'],
  ['/severity/P3/answerWithinHours', '/severity/P3/within'],
  ['/watch/effects/unlabelledPoints', '/watch/effects/unlabelled'],
  ['/watch/effects/orphanPoints', '/watch/effects/orphans'],
  ['/retrain/everyDays', '/retrain/schedule'],
  ['/retrain/throttle/betweenDays', '/retrain/throttle/between'],
  ['/training', '/retrain/train'],
  ['/training/timeLimitSeconds', '/retrain/train/timeLimit'],
  ['/training/windowDays', '/retrain/train/window'],
  ['/approval/expiresAfterHours', '/approval/within'],
  ['/rollout', '/rollOut'],
  ['/rollout/maximumDays', '/rollOut/maximum'],
  ['/notify/webhook', '/notify/slack'],
];

/** Where a person would write a part of the policy: the other way round. */
export function filePointer(held: string): string {
  const begins = (prefix: string) => held === prefix || held.startsWith(`${prefix}/`);
  const best = places.filter(([policy]) => begins(policy)).sort(([a], [b]) => b.length - a.length)[0];
  return best === undefined ? held : best[1] + held.slice(best[0].length);
}

/** The policy's pointer for a place in the file, or `undefined` where the policy has no such place. */
export function policyPointer(filePointer: string, segments: readonly Dimension[]): string | undefined {
  if (filePointer === '' || filePointer === '/extends') return undefined;
  if (filePointer.startsWith(limits)) {
    const name = filePointer.slice(limits.length);
    return limits + pointerStep(sliceNamed(segments, nameOfStep(name)) ?? name);
  }
  const begins = (prefix: string) => filePointer === prefix || filePointer.startsWith(`${prefix}/`);
  const best = places.filter(([, file]) => begins(file)).sort(([, a], [, b]) => b.length - a.length)[0];
  return best === undefined ? filePointer : best[0] + filePointer.slice(best[1].length);
}
