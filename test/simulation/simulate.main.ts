import { falseAlarmLevel } from '../../domain/report/false-alarm-level.ts';
import { policyOf } from '../report/watched-model.ts';
import { type Alarms, besidePeers, type PeersSaid } from './beside-peers.ts';
import { checksOfFiftyColumns } from './checks-of-fifty-columns.ts';
import { falseAlarmsOfATest, mostFalseAlarms } from './false-alarms-of-a-test.ts';
import { falseAlarmsWithLater } from './past-with-later.ts';
import { powerOfACheck } from './power-of-a-check.ts';
import type { ColumnPlan } from './rows-of-columns.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

const names = Object.keys(worlds) as WorldName[];
const weeksOfPast = [8, 12, 26];
/** Of a baseline of four weeks, which alone can only be tested day by day. */
const weeksSince = [4, 8, 22];
/** Of the policy's default budget: one false alarm in 90 days, looked at daily, in four layers. */
const daily = falseAlarmLevel(policyOf().watch.falseAlarms, 1).layer;
const missed: string[] = [];

function row(first: string, cells: readonly string[]): void {
  console.log(`  ${first.padEnd(52)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

/** What is measured, marked where it is not what it must be. */
function held(says: string, measured: number, holds: boolean): string {
  if (!holds) missed.push(says);
  return `${Number(measured.toPrecision(3))}${holds ? '' : ' ✗'}`;
}

function falseAlarmsAlone(): void {
  const [levels, runs] = [[0.05, 0.001, 0.0002], 10_000];
  console.log(`\na  The p-value alone, nothing drifts: share at or under its level in ${runs} looks of 300 rows a day`);
  row('', levels.map(String));
  row(
    'at most',
    levels.map((level) => `${Number(mostFalseAlarms(level, runs, 1.5).toPrecision(3))}`),
  );
  const plans = [
    ...names.flatMap((world) => weeksOfPast.map((blocks) => ({ world, blocks, busier: 1, rowsADay: 300 }))),
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

function falseAlarmsWithLaterBlocks(): void {
  const [levels, runs] = [[0.05, 0.001, 0.0002], 2_000];
  console.log(`\nf  Four weeks of baseline and steady weeks since, nothing drifts: share at or under its level in ${runs} looks`);
  for (const [seed, world] of names.entries()) {
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

function falseAlarmsOfTheRule(): void {
  const runs = 300;
  console.log(`\nb  The whole rule on fifty columns, nothing drifts: share of ${runs} checks with any alarm; c  share inconclusive`);
  row('', ['effects off', 'as shipped', 'inconclusive']);
  row('level', ['0.05', `${Number(daily.toPrecision(2))}`, '']);
  const plans = [
    ...names.map((world) => ({ world, pastDays: 84 })),
    ...[28, 56, 182].map((pastDays) => ({ world: 'days that differ' as const, pastDays })),
    ...names.map((world) => ({ world, pastDays: 28, laterDays: 84 })),
  ];
  for (const [seed, plan] of plans.entries()) {
    const since = 'laterDays' in plan ? ` and ${plan.laterDays} since` : '';
    const says = `${plan.world}, ${plan.pastDays} days of past${since}`;
    const bare = checksOfFiftyColumns({ ...plan, rowsADay: 300, level: 0.05, thresholds: 1e-9 }, runs, seed + 101);
    const shipped = checksOfFiftyColumns({ ...plan, rowsADay: 300, level: daily }, runs, seed + 201);
    row(says, [
      held(`b: ${says}, effects off`, bare.anyAlarm, bare.anyAlarm <= mostFalseAlarms(0.05, runs, 1)),
      held(`b: ${says}, as shipped`, shipped.anyAlarm, shipped.anyAlarm <= mostFalseAlarms(daily, runs, 1)),
      `${Number(shipped.inconclusiveColumns.toPrecision(3))}`,
    ]);
  }
}

function power(): void {
  const [runs, shifts] = [300, [0.1, 0.2, 0.3, 0.5]];
  console.log(
    `\nd  One of fifty columns moved by so many sigmas: share of ${runs} checks that alarm, at level ${Number(daily.toPrecision(2))}`,
  );
  row('', shifts.map(String));
  for (const wander of [0, 0.05, 0.1]) {
    for (const rowsADay of [300, 1500]) {
      for (const weeks of weeksOfPast) {
        const says = `days wander by ${wander}, ${rowsADay} rows a day, ${weeks} blocks`;
        const found = shifts.map((shift) =>
          powerOfACheck({ shift, wander, weeks: { baseline: weeks, later: 0 }, rowsADay, level: daily }, runs, 301),
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
  const small = powerOfACheck({ shift: 0.005, wander: 0, weeks: { baseline: 12, later: 0 }, rowsADay: 1_000_000, level: daily }, runs, 999);
  row('moved by 0.005 sigma, a million rows a day', [held('d: 0.005 sigma at a million rows', small, small === 0)]);
}

/** Between a baseline of four weeks and the window so many weeks passed, most of which were like it. */
function powerWithLaterBlocks(): void {
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
        const plan = { wander, rowsADay, level: daily };
        const shift = moved(7 * later);
        const alone = (day: number) => shift(day < start ? day : day + 7 * later);
        return {
          all: powerOfACheck({ ...plan, shift, weeks: { baseline: 4, later } }, runs, 501),
          alone: powerOfACheck({ ...plan, shift: alone, level: daily / 2, weeks: { baseline: 4, later: 0 } }, runs, 501),
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

/** Whole checks of at most 10,000 rows, on the same rows as the peers. */
const checks = 100;
const noDrift: readonly ColumnPlan[] = [
  { world: 'independent rows', pastDays: 84, windowDays: 7, rowsADay: 100, shift: 0 },
  { world: 'independent rows', pastDays: 84, windowDays: 7, rowsADay: 12, shift: 0 },
  { world: 'days that differ', pastDays: 84, windowDays: 7, rowsADay: 100, shift: 0 },
];
const moved = noDrift.flatMap((plan) => [0.1, 0.3].map((shift) => ({ ...plan, shift })));

function besideOthers({ ours, peers }: { ours: readonly Alarms[]; peers: PeersSaid | string }): void {
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
      held(`e: ${world}, ${rowsADay} rows a day`, any, any <= mostFalseAlarms(daily, checks, 1)),
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

/** Parts to be printed, by their letters; none named: all. */
const asked = new Set(process.argv.slice(2));
const isAsked = (...letters: string[]) => asked.size === 0 || letters.some((letter) => asked.has(letter));

const beside = isAsked('e') ? besidePeers([...noDrift, ...moved], checks, daily, 401) : undefined;
if (isAsked('a')) falseAlarmsAlone();
if (isAsked('b', 'c')) falseAlarmsOfTheRule();
if (isAsked('d')) power();
if (beside !== undefined) besideOthers({ ours: beside.ours, peers: await beside.peers });
if (isAsked('f')) {
  falseAlarmsWithLaterBlocks();
  powerWithLaterBlocks();
}
console.log(missed.length === 0 ? '\nAll as it must be.' : `\nNot as it must be:\n${missed.map((says) => `  ${says}`).join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;
