import { falseAlarmsOfATest, mostFalseAlarms } from '../false-alarms-of-a-test.ts';
import { held, row, short } from '../print.ts';
import { worldNames } from '../stable-worlds.ts';

const weeksOfPast = [8, 12, 26];

export function pValueAlone(): void {
  const [levels, runs] = [[0.05, 0.001, 0.0002], 10_000];
  console.log(`\na  The p-value alone, nothing drifts: share at or under its level in ${runs} looks of 300 rows a day`);
  row('', levels.map(String));
  row(
    'at most',
    levels.map((level) => short(mostFalseAlarms(level, runs, 1.5))),
  );
  const plans = [
    ...worldNames.flatMap((world) => weeksOfPast.map((blocks) => ({ world, blocks, busier: 1, rowsADay: 300 }))),
    ...weeksOfPast.map((blocks) => ({ world: 'days that differ' as const, blocks, busier: 5, rowsADay: 300 })),
  ];
  for (const [seed, plan] of plans.entries()) {
    const says = `${plan.world}${plan.busier > 1 ? `, window ${plan.busier} times busier` : ''}, ${plan.blocks} blocks`;
    const shares = falseAlarmsOfATest(plan, levels, runs, seed + 1);
    const factor = plan.busier > 1 ? 2 : 1.5;
    row(
      says,
      shares.map((share, index) => {
        const level = levels[index] as number;
        return held(`a: ${says} at ${level}`, share, share <= mostFalseAlarms(level, runs, factor));
      }),
    );
  }
}
