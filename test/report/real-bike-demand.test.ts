import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assess } from '../../domain/report/assess.ts';
import { sharedData } from '../shared-data.ts';
import { checkOf, policyOf, type Row } from './watched-model.ts';

const file = sharedData('bike/hour.csv');

/** Hours of 2011 (Fanaee-T & Gama 2013), predicted by the mean demand of the same hour on the odd days of the first quarter. */
function predictedHours(path: string): Row[] {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const hours = lines
    .map((line) => line.split(','))
    .map((cells) => ({
      day: cells[1] as string,
      hour: `${cells[5]}/${cells[8]}`,
      temp: Number(cells[10]),
      hum: Number(cells[12]),
      demand: Number(cells[16]),
    }))
    .filter(({ day }) => day < '2011-07-01');
  const learnt = new Map<string, number[]>();
  for (const { hour, demand } of hours.filter(isLearnt)) learnt.set(hour, [...(learnt.get(hour) ?? []), demand]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return hours
    .filter((row) => !isLearnt(row))
    .map(({ day, hour, temp, hum, demand }) => ({
      day,
      values: { temp, hum, hour },
      prediction: mean(learnt.get(hour) ?? [0]),
      label: demand,
    }));
}

function isLearnt({ day }: { readonly day: string }): boolean {
  return day < '2011-04-01' && Number(day.slice(-2)) % 2 === 1;
}

describe.skipIf(file === undefined)('given a model of early 2011 on real demand (skipped where the shared data are absent)', () => {
  const rows = file === undefined ? [] : predictedHours(file);
  const heldOut = rows.filter(({ day }) => day < '2011-03-21');
  const between = (from: string, to: string) => rows.filter(({ day }) => day >= from && day < to);
  const policy = policyOf({ performance: { drop: { by: 0.25, of: 'relative' }, sudden: { by: 0.5, of: 'relative' } } });

  it('when the last days of March are judged, then nothing alarms: the model is as it was', () => {
    const report = assess(checkOf(heldOut, between('2011-03-24', '2011-03-31'), policy));
    expect(report.signals.filter(({ layer, outcome }) => layer === 'performance' && outcome === 'fail')).toEqual([]);
  });

  it('when a week of May is judged, then the error alarms, and the warmth is told, which weeks of winter and spring that differ as much do not let count as one', () => {
    const report = assess(checkOf(heldOut, between('2011-05-09', '2011-05-16'), policy));
    const drop = report.signals.find(({ statistic }) => statistic === 'drop');
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
    expect(drop?.value as number).toBeGreaterThan(1.5 * (drop?.reference as number));
    const temp = report.signals.find(({ subject }) => subject === 'temp');
    expect(temp?.statistics.meanShiftInSigmas as number).toBeGreaterThan(1);
    expect(temp).toMatchObject({ outcome: 'pass', statistic: 'wassersteinInSigmas', pValueKind: 'blocks' });
    expect(report.says[1]).toMatch(/^Nothing moved beyond its past; the most: temp moved 2\.\d+ sigma \(alarm at 0\.2\), p = 0\.\d+\.$/);
    expect(report.says[0]).toMatch(/^Mean error 109, anchor 22\.6: \+382% \(alarm at 25%\), p = /);
  });

  it('when every day from late March on is looked at, then the change is told before the weekly error is a fifth worse for two weeks, and before the drop', () => {
    const looks = Array.from({ length: 45 }, (_, index) => {
      const day = (ago: number) => new Date(Date.UTC(2011, 2, 25 + index - ago)).toISOString().slice(0, 10);
      const report = assess(checkOf(heldOut, between(day(7), day(0)), policyOf({ performance: {} }), between('2011-03-21', day(7))));
      const signal = (statistic: string) => report.signals.find((one) => one.statistic === statistic);
      const drop = signal('drop');
      return { day: day(0), drop, change: signal('change'), isAFifthWorse: (drop?.value ?? 0) >= 1.2 * (drop?.reference ?? 0) };
    });
    const first = (statistic: 'drop' | 'change') => looks.find((look) => look[statistic]?.outcome === 'fail')?.day as string;
    const twoWeeksWorse = looks.find((_, index) => index >= 14 && looks.slice(index - 14, index + 1).every((look) => look.isAFifthWorse));
    expect(twoWeeksWorse?.day).toBe('2011-04-18');
    expect(first('change')).toBe('2011-04-12');
    expect(first('drop')).toBe('2011-04-20');
    expect(looks.find(({ day }) => day === '2011-04-12')?.change?.severity).toBe('yellow');
  });
});
