import { checksOfFiftyColumns } from '../checks-of-fifty-columns.ts';
import { dailyLevel } from '../daily-level.ts';
import { mostFalseAlarms } from '../false-alarms-of-a-test.ts';
import { held, row, short } from '../print.ts';
import { worldNames } from '../stable-worlds.ts';

export function wholeRule(): void {
  const runs = 300;
  console.log(`\nb  The whole rule on fifty columns, nothing drifts: share of ${runs} checks with any alarm; c  share inconclusive`);
  row('', ['effects off', 'as shipped', 'inconclusive']);
  row('level', ['0.05', short(dailyLevel), '']);
  const plans = [
    ...worldNames.map((world) => ({ world, pastDays: 84 })),
    ...[28, 56, 182].map((pastDays) => ({ world: 'days that differ' as const, pastDays })),
    ...worldNames.map((world) => ({ world, pastDays: 28, laterDays: 84 })),
  ];
  for (const [seed, plan] of plans.entries()) {
    const since = 'laterDays' in plan ? ` and ${plan.laterDays} since` : '';
    const says = `${plan.world}, ${plan.pastDays} days of past${since}`;
    const bare = checksOfFiftyColumns({ ...plan, rowsADay: 300, level: 0.05, thresholds: 1e-9 }, runs, seed + 101);
    const shipped = checksOfFiftyColumns({ ...plan, rowsADay: 300, level: dailyLevel }, runs, seed + 201);
    row(says, [
      held(`b: ${says}, effects off`, bare.anyAlarm, bare.anyAlarm <= mostFalseAlarms(0.05, runs, 1)),
      held(`b: ${says}, as shipped`, shipped.anyAlarm, shipped.anyAlarm <= mostFalseAlarms(dailyLevel, runs, 1)),
      short(shipped.inconclusiveColumns),
    ]);
  }
}
