import { dailyLevel } from '../daily-level.ts';
import { powerOfACheck } from '../power-of-a-check.ts';
import { held, row, short } from '../print.ts';

const weeksOfPast = [8, 12, 26];

export function power(): void {
  const [runs, shifts] = [300, [0.1, 0.2, 0.3, 0.5]];
  console.log(`\nd  One of fifty columns moved by so many sigmas: share of ${runs} checks that alarm, at level ${short(dailyLevel)}`);
  row('', shifts.map(String));
  for (const wander of [0, 0.05, 0.1]) {
    for (const rowsADay of [300, 1500]) {
      for (const weeks of weeksOfPast) {
        const says = `days wander by ${wander}, ${rowsADay} rows a day, ${weeks} blocks`;
        const found = shifts.map((shift) =>
          powerOfACheck({ shift, wander, weeks: { baseline: weeks, later: 0 }, rowsADay, level: dailyLevel }, runs, 301),
        );
        const mustFind = rowsADay * 7 >= 10_000 && (wander === 0 || (wander === 0.05 && weeks === 12));
        row(
          says,
          found.map((share, index) => {
            const least = mustFind && shifts[index] === 0.3 ? (wander === 0 ? 1 : 0.95) : 0;
            return held(`d: ${says}, ${shifts[index]} sigma`, share, share >= least);
          }),
        );
      }
    }
  }
  const small = powerOfACheck(
    { shift: 0.005, wander: 0, weeks: { baseline: 12, later: 0 }, rowsADay: 1_000_000, level: dailyLevel },
    runs,
    999,
  );
  row('moved by 0.005 sigma, a million rows a day', [held('d: 0.005 sigma at a million rows', small, small === 0)]);
}
