import { describe, expect, it } from 'vitest';
import type { HindsightWindow, LookAlarm } from '../../domain/backtest/backtest.ts';
import { degradationsOf } from '../../domain/backtest/degradations-of.ts';
import { judgeRule } from '../../domain/backtest/judge-rule.ts';
import { runsOf } from '../../domain/backtest/runs-of.ts';
import { plusDays } from '../../domain/identity/event-time.ts';
import { looksOf, week, weekBefore } from './looks.ts';

/** One window for each letter: `d` is degraded, `?` unknown, anything else steady. Labels take a week. */
function windowsOf(letters: string): HindsightWindow[] {
  return [...letters].map((letter, index) => ({
    asOf: week(index),
    window: weekBefore(index),
    ...(index + 1 < letters.length && { maturedAt: week(index + 1) }),
    is: letter === 'd' ? 'degraded' : letter === '?' ? 'unknown' : 'steady',
    value: letter === 'd' ? 50 + index : 30,
    reference: 30,
  }));
}

const seen = (letters: string) => ({ hindsight: windowsOf(letters), degradations: degradationsOf('mae', 7, windowsOf(letters)) });

function judged(alarms: string, labels: string, subject?: string) {
  const { hindsight, degradations } = seen(labels);
  const past = { looks: looksOf(alarms, subject), hindsight, degradations, segments: {}, windowDays: 7, lookEveryDays: 7, budgetDays: 90 };
  return { degradations, ...judgeRule('anchorwatch', past) };
}

describe('given looks of which some are so', () => {
  const runs = (letters: string, aDay = 1) => {
    const looks = [...letters].map((letter, index) => ({ letter, asOf: plusDays(week(0), index / aDay) }));
    return runsOf(looks, ({ letter }) => (letter === '?' ? undefined : letter === 'x')).map((run) => run.length);
  };

  it('when three in a row are not, then the run is closed; fewer, or ones nothing is known of, do not', () => {
    expect(runs('xx..x...x')).toEqual([3, 1]);
    expect(runs('x???x')).toEqual([2]);
    expect(runs('x.?.?.x')).toEqual([1, 1]);
    expect(runs('....')).toEqual([]);
  });

  it('when there are four a day, then a day is one: three days without any close the run', () => {
    expect(runs('x... .... .... ...x'.replaceAll(' ', ''), 4)).toEqual([2]);
    expect(runs('xx.x .... ??.. .... x...'.replaceAll(' ', ''), 4)).toEqual([3, 1]);
    expect(runs('x... ???? .... .... x...'.replaceAll(' ', ''), 4)).toEqual([2]);
  });
});

describe('given degraded windows', () => {
  it('when they follow each other, then they are one, with the worst of them; one alone does not last', () => {
    const degradations = degradationsOf('mae', 7, windowsOf('..dd.d....d...'));
    expect(degradations.map(({ span, lasts, worst }) => [span.from, span.to, lasts, worst.value])).toEqual([
      [week(1), week(5), true, 55],
      [week(9), week(10), false, 60],
    ]);
  });
});

it('given four looks a day, when the same alarmed three days before a degradation, then a later alarm tells nothing new, and after four days it does', () => {
  const warned = (letters: string) => {
    const looks = looksOf(letters).map((look, index) => ({ ...look, asOf: plusDays(week(0), index / 4) }));
    const last = looks.length - 1;
    const about = (index: number) => (index === last ? weekBefore(0) : weekBefore(20));
    const told = looks.map((look, index) => ({
      ...look,
      alarms: { ...look.alarms, anchorwatch: look.alarms.anchorwatch.map((alarm) => ({ ...alarm, about: about(index) })) },
    }));
    const past = { looks: told, ...seen('d'), segments: {}, windowDays: 7, lookEveryDays: 0.25, budgetDays: 90 };
    return judgeRule('anchorwatch', past).warnings.map(({ is }) => is);
  };
  expect(warned('a...........a')).toEqual(['on already']);
  expect(warned('a...............a')).toEqual(['told']);
});

describe("given a rule's alarms and what the labels said in the end", () => {
  it('when inputs moved a week before the error grew, then the alarm is confirmed, and two weeks early', () => {
    const { episodes, warnings, falseAlarms, missed } = judged('..a........', '...ddd.....');
    expect(episodes.map(({ is }) => is)).toEqual(['confirmed']);
    expect(warnings).toEqual([{ is: 'told', at: week(2), daysEarly: 14 }]);
    expect({ falseAlarms, missed }).toEqual({ falseAlarms: 0, missed: 0 });
  });

  it('when the alarm came after the labels, then it is late', () => {
    expect(judged('.....aa..', '..dddd...').warnings).toEqual([{ is: 'told', at: week(5), daysEarly: -14 }]);
  });

  it('when labels showed nothing near it, then it is false, and so often in ninety days', () => {
    const { episodes, falseAlarms, falseLooks, alarmedLooks, falseAlarmsPerBudget } = judged('..aa......', '..........');
    expect(episodes.map(({ is, looks }) => [is, looks])).toEqual([['false', 2]]);
    expect({ falseAlarms, falseLooks, alarmedLooks }).toEqual({ falseAlarms: 1, falseLooks: 2, alarmedLooks: 2 });
    expect(falseAlarmsPerBudget).toBeCloseTo(90 / 70, 12);
  });

  it('when labels of the days it is about are not known, then it is open and neither', () => {
    const { episodes, open, falseAlarms, confirmed } = judged('........aa', '........??');
    expect(episodes.map(({ is }) => is)).toEqual(['open']);
    expect({ open, falseAlarms, confirmed }).toEqual({ open: 1, falseAlarms: 0, confirmed: 0 });
  });

  /** Each alarm is as well about a slice, or between groups; the whole, and the slice, are as their letters. */
  function partly(alarms: string, part: Partial<LookAlarm>, whole: string, slice?: string) {
    const looks = looksOf(alarms).map((look) => ({
      ...look,
      alarms: { ...look.alarms, anchorwatch: look.alarms.anchorwatch.map((alarm) => ({ ...alarm, ...part })) },
    }));
    const segments = slice === undefined ? {} : { 'plan=pro': seen(slice) };
    return judgeRule('anchorwatch', { looks, ...seen(whole), segments, windowDays: 7, lookEveryDays: 7, budgetDays: 90 });
  }

  it('when it was between groups, then a whole that did not degrade does not refute it', () => {
    expect(partly('..a.......', { isBetweenGroups: true }, '..........')).toMatchObject({ open: 1, falseAlarms: 0 });
    expect(partly('..a.......', { isBetweenGroups: true }, '..d.......')).toMatchObject({ open: 0, confirmed: 1 });
  });

  it("when it was about a slice, then the labels of the slice's rows confirm or refute it, whatever the whole did", () => {
    const pro = { segment: 'plan=pro' };
    expect(partly('..a.......', pro, '..........', '..d.......')).toMatchObject({ open: 0, confirmed: 1, falseAlarms: 0 });
    expect(partly('..a.......', pro, '..d.......', '..........')).toMatchObject({ open: 0, confirmed: 0, falseAlarms: 1, falseLooks: 1 });
    expect(partly('..a.......', pro, '..........', '..??......')).toMatchObject({ open: 1, confirmed: 0, falseAlarms: 0 });
  });

  it('when one look alarms about the whole and another about a slice, then both must be refuted for the episode to be false', () => {
    const looks = looksOf('..aa......').map((look, index) => ({
      ...look,
      alarms: {
        ...look.alarms,
        anchorwatch: look.alarms.anchorwatch.map((alarm) => (index === 3 ? { ...alarm, segment: 'plan=pro' } : alarm)),
      },
    }));
    const becomes = (slice: string) =>
      judgeRule('anchorwatch', {
        looks,
        ...seen('..........'),
        segments: { 'plan=pro': seen(slice) },
        windowDays: 7,
        lookEveryDays: 7,
        budgetDays: 90,
      }).episodes.map(({ is }) => is);
    expect(becomes('..........')).toEqual(['false']);
    expect(becomes('...d......')).toEqual(['confirmed']);
    expect(becomes('...?......')).toEqual(['open']);
  });

  it('when nothing alarmed, then a degradation that lasts is missed and one in passing is not', () => {
    expect(judged('..........', '..dd......').missed).toBe(1);
    expect(judged('..........', '..d.......').missed).toBe(0);
  });

  it('when a degradation began with the last window, then no look could tell and it is not missed', () => {
    expect(judged('......', '.....d')).toMatchObject({ missed: 0, warnings: [{ is: 'none' }] });
  });

  it('when it alarms at every look, then a degradation is not told by it, and the false looks are counted', () => {
    const { warnings, falseLooks, confirmed, missed } = judged('a'.repeat(14), `......dd${'.'.repeat(6)}`);
    expect(warnings).toEqual([{ is: 'on already' }]);
    expect({ falseLooks, confirmed, missed }).toEqual({ falseLooks: 11, confirmed: 1, missed: 0 });
  });
});
