import { dailyLevel } from '../daily-level.ts';
import { mostFalseAlarms } from '../false-alarms-of-a-test.ts';
import { falseAlarmsWithLater } from '../past-with-later.ts';
import { powerOfACheck } from '../power-of-a-check.ts';
import { held, row } from '../print.ts';
import { worldNames } from '../stable-worlds.ts';

/** Of a baseline of four weeks, which alone can only be tested day by day. */
const weeksSince = [4, 8, 22];

export function weeksSinceTheBaseline(): void {
  falseAlarms();
  power();
}

function falseAlarms(): void {
  const [levels, runs] = [[0.05, 0.001, 0.0002], 2_000];
  console.log(`\nf  Four weeks of baseline and steady weeks since, nothing drifts: share at or under its level in ${runs} looks`);
  for (const [seed, world] of worldNames.entries()) {
    for (const later of weeksSince) {
      const says = `${world}, ${later} weeks since the baseline`;
      const shares = falseAlarmsWithLater(world, { baseline: 4, later }, levels, runs, seed + 51);
      row(
        says,
        shares.map((share, index) => {
          const level = levels[index] as number;
          return held(`f: ${says} at ${level}`, share, share <= mostFalseAlarms(level, runs, 1.5));
        }),
      );
    }
  }
}

/** Between a baseline of four weeks and the window so many weeks passed, most of which were like it. */
function power(): void {
  const [runs, rowsADay] = [200, 1500];
  console.log(
    `\nf  One of fifty columns moved by so many sigmas, four weeks of baseline and weeks since: share of ${runs} checks that alarm, ${rowsADay} rows a day`,
  );
  row(
    '',
    weeksSince.map((weeks) => `${weeks} weeks since`),
  );
  const start = 28;
  const moves: readonly (readonly [string, (days: number) => (day: number) => number])[] = [
    ['0.3 in the window', (days) => (day) => (day >= start + days ? 0.3 : 0)],
    ['0.3 now, 1 in the second week', (days) => (day) => (day >= start + days ? 0.3 : day >= 35 && day < 42 ? 1 : 0)],
    ['0.5 for three weeks now', (days) => (day) => (day >= start + days - 14 ? 0.5 : 0)],
    ['0.5 from the first week on', () => (day) => (day >= start ? 0.5 : 0)],
    ['slowly, to 0.5', (days) => (day) => (0.5 * Math.max(0, day - start)) / days],
  ];
  for (const wander of [0.05, 0.1]) {
    for (const [says, moved] of moves) {
      const found = weeksSince.map((later) => {
        const plan = { wander, rowsADay, level: dailyLevel };
        const shift = moved(7 * later);
        const alone = (day: number) => shift(day < start ? day : day + 7 * later);
        return {
          all: powerOfACheck({ ...plan, shift, weeks: { baseline: 4, later } }, runs, 501),
          alone: powerOfACheck({ ...plan, shift: alone, level: dailyLevel / 2, weeks: { baseline: 4, later: 0 } }, runs, 501),
        };
      });
      row(
        `${says}, days wander by ${wander}`,
        found.map(({ all, alone }) => held(`f: ${says}, ${wander}`, all, all >= alone - 2 * Math.sqrt((alone * (1 - alone) * 2) / runs))),
      );
      row(
        '  by the baseline alone, at half the level',
        found.map(({ alone }) => `${alone}`),
      );
    }
  }
}
