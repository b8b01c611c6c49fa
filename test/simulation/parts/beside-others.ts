import { type Alarms, besidePeers, type PeersSaid } from '../beside-peers.ts';
import { dailyLevel } from '../daily-level.ts';
import { mostFalseAlarms } from '../false-alarms-of-a-test.ts';
import { held, row } from '../print.ts';
import type { ColumnPlan } from '../rows-of-columns.ts';

/** Whole checks of at most 10,000 rows, on the same rows as the peers. */
const checks = 100;
const noDrift: readonly ColumnPlan[] = [
  { world: 'independent rows', pastDays: 84, windowDays: 7, rowsADay: 100, shift: 0 },
  { world: 'independent rows', pastDays: 84, windowDays: 7, rowsADay: 12, shift: 0 },
  { world: 'days that differ', pastDays: 84, windowDays: 7, rowsADay: 100, shift: 0 },
];
const moved = noDrift.flatMap((plan) => [0.1, 0.3].map((shift) => ({ ...plan, shift })));

/** @returns prints what all say, once the peers, who are asked meanwhile in a process of their own, have answered */
export function besideOthers(): () => Promise<void> {
  const { ours, peers } = besidePeers([...noDrift, ...moved], checks, dailyLevel, 401);
  return async () => print(ours, await peers);
}

function print(ours: readonly Alarms[], peers: PeersSaid | string): void {
  console.log(
    `\ne  Beside peers' defaults on the same rows, ${checks} checks of fifty columns: share of checks with any alarm, of columns that`,
  );
  console.log('   alarm, and of moved columns found');
  row('', ['any alarm', 'a column', '0.1 sigma', '0.3 sigma']);
  const others = typeof peers === 'string' ? [] : (['evidently', 'nannyml'] as const).map((name) => ({ name, peers }));
  for (const [index, { world, rowsADay, pastDays, windowDays }] of noDrift.entries()) {
    console.log(`  ${world}, ${rowsADay * pastDays} rows against ${rowsADay * windowDays}`);
    const shares = (of: (plan: number) => Alarms) => [
      shareOfChecks(of(index)),
      ...[index, noDrift.length + 2 * index, noDrift.length + 2 * index + 1].map((plan) => shareOf(of(plan))),
    ];
    const [any = 1, ...more] = shares((plan) => ours[plan] as Alarms);
    row('  this rule as shipped', [
      held(`e: ${world}, ${rowsADay} rows a day`, any, any <= mostFalseAlarms(dailyLevel, checks, 1)),
      ...more.map(String),
    ]);
    for (const { name, peers: said } of others) {
      row(`  ${peerInWords[name]} ${said.versions[name]}`, shares((plan) => said.alarms[plan]?.[name] as Alarms).map(String));
    }
  }
  if (typeof peers === 'string') console.log(`  Without peers: they could not be asked. ${peers}`);
}

const peerInWords = { evidently: 'Evidently', nannyml: 'NannyML, weekly chunks,' } as const;

function shareOf(alarms: Alarms): number {
  return Number((alarms.filter(Boolean).length / alarms.length).toPrecision(3));
}

function shareOfChecks(alarms: Alarms): number {
  const columns = alarms.length / checks;
  return shareOf(Array.from({ length: checks }, (_, check) => alarms.slice(check * columns, (check + 1) * columns).some(Boolean)));
}
