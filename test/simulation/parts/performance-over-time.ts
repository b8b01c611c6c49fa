import { dropPValues } from '../drops.ts';
import { mostFalseAlarms } from '../false-alarms-of-a-test.ts';
import { held, row, short } from '../print.ts';
import { bound, looks, monthly, type SeasonalWorld, toldInSeason, weekly } from '../told-in-season.ts';
import { isTold, monthlyTrendLines, trendLines } from '../trend-lines.ts';

/** Of trend and change, which warn at half the layer's level: the policy's default budget, looked at daily. */
const warningLevel = 1 / 720;
/** Of drop and sudden. */
const alarmLevel = 1 / 360;
const worlds = { 'each for itself': {}, 'like the day before by .5': { alike: 0.5 }, 'with their week': { weekWander: 0.05 } };

/** Drop, trend and change of a mean error, as `docs/statistics.md` has them. */
export function performanceOverTime(): void {
  falseDrops();
  dropsFound();
  falseTrends();
  trendsFound();
  trendsInSeason();
  changesInSeason();
}

function falseDrops(): void {
  const levels = [0.05, 0.01, 0.001];
  console.log('\ng  The drop of a mean error, nothing changes, days wander: share of p-values at or under a level in 10000 looks,');
  console.log('   in 1000 where weeks lie between baseline and look; at most 1.5 times the level and two standard errors');
  row('', levels.map(String));
  for (const [name, world] of Object.entries(worlds)) {
    for (const [baselineWeeks, weeksSince] of [
      [4, 0],
      [4, 4],
      [4, 12],
      [8, 0],
      [26, 0],
    ] as const) {
      const says = `${name}, ${baselineWeeks} weeks and ${weeksSince} since`;
      const runs = weeksSince === 0 ? 10_000 : 1000;
      const values = dropPValues({ baselineWeeks, weeksSince, rowsADay: 1000, dayWander: 0.05, ...world }, runs, 611);
      row(
        says,
        levels.map((level) => {
          const share = values.filter((pValue) => pValue <= level).length / runs;
          return held(`g: drop, ${says} at ${level}`, share, share <= mostFalseAlarms(level, runs, 1.5));
        }),
      );
    }
  }
}

function dropsFound(): void {
  const [since, runs] = [[0, 4, 12], 200];
  console.log(
    `\ng  A mean error rises in the week that is judged, four weeks of baseline and weeks since, 1000 rows a day: share of ${runs} found, p ≤ 1/360`,
  );
  row(
    '',
    since.map((weeks) => `${weeks} weeks since`),
  );
  for (const dayWander of [0.02, 0.05]) {
    for (const rise of [0.06, 0.1, 0.2]) {
      for (const earlierRise of [0, 0.2]) {
        row(
          `by ${rise}, days wander by ${dayWander}${earlierRise > 0 ? `, once by ${earlierRise}` : ''}`,
          since.map((weeksSince) => {
            const plan = { baselineWeeks: 4, weeksSince, rowsADay: 1000, dayWander, rise, earlierRise };
            return short(dropPValues(plan, runs, 621).filter((pValue) => pValue <= alarmLevel).length / runs);
          }),
        );
      }
    }
  }
}

function falseTrends(): void {
  const [levels, runs] = [[0.05, 0.01, 0.001], 10_000];
  console.log(`\ng  The trend of a mean error, nothing changes, days wander: share of p-values at or under a level in ${runs} series`);
  row('', levels.map(String));
  row(
    'at most',
    levels.map((level) => short(mostFalseAlarms(level, runs, 1.5))),
  );
  for (const [name, world] of Object.entries(worlds)) {
    for (const [baselineWeeks, weeksSince] of [
      [4, 4],
      [4, 7],
      [26, 4],
      [26, 7],
      [26, 26],
    ] as const) {
      const says = `${name}, ${baselineWeeks} weeks and ${weeksSince} since`;
      const lines = trendLines({ baselineWeeks, weeksSince, rowsADay: 1000, dayWander: 0.05, ...world }, runs, 601);
      row(
        says,
        levels.map((level) => {
          const share = lines.filter(({ pValue }) => pValue <= level).length / runs;
          return held(`g: ${says} at ${level}`, share, share <= mostFalseAlarms(level, runs, 1.5));
        }),
      );
    }
  }
}

function trendsFound(): void {
  const [rises, runs] = [[0, 0.005, 0.0075, 0.01], 400];
  console.log(
    `\ng  A mean error rises by so much a week: share of ${runs} series told after four weeks, at p of 1/720 and the default limit`,
  );
  row('', rises.map(String));
  for (const [rowsADay, dayWander] of [
    [1000, 0.01],
    [10_000, 0.003],
    [100_000, 0.01],
    [100_000, 0.003],
  ] as const) {
    for (const baselineWeeks of [4, 13, 26]) {
      const says = `${rowsADay} rows a day that wander by ${dayWander}, ${baselineWeeks} weeks`;
      row(
        says,
        rises.map((risePerWeek) => {
          const lines = trendLines({ baselineWeeks, weeksSince: 4, rowsADay, dayWander, risePerWeek }, runs, 701);
          const share = lines.filter((line) => isTold(line, warningLevel)).length / runs;
          return held(`g: ${says}, risen by ${risePerWeek}`, share, risePerWeek > 0 || share <= mostFalseAlarms(warningLevel, runs, 1));
        }),
      );
    }
  }
}

function trendsInSeason(): void {
  const [levels, runs] = [[0.05, 0.01, 0.001], 1500];
  console.log(`\ng  A trend where days of a month differ, 248 days of baseline: share of p-values at or under a level in ${runs} series`);
  row('', levels.map(String));
  const shares = (plan: Parameters<typeof monthlyTrendLines>[0]) => {
    const lines = monthlyTrendLines(plan, runs, 801);
    return levels.map((level) => lines.filter(({ pValue }) => pValue <= level).length / runs);
  };
  const steady = shares({ season: 'dayOfMonth', daysSince: [60, 170], risePerWeek: 0 });
  row(
    'nothing changes, 60 to 170 days since',
    steady.map((share, index) => {
      const level = levels[index] as number;
      return held(`g: trend in season at ${level}`, share, share <= mostFalseAlarms(level, runs, 1.5));
    }),
  );
  for (const [says, season] of [
    ['a rise of 0.3 a week for 60 days', 'dayOfMonth'],
    ['  the same, the season not named', 'none'],
  ] as const)
    row(says, shares({ season, daysSince: [60, 60], risePerWeek: 0.3 }).map(short));
}

function changesInSeason(): void {
  const runs = 1000;
  console.log(
    `\ng  A change of losses under a season, ${looks} daily looks, false alarms bound by ${bound}: share of ${runs} series told, day in the median`,
  );
  row('', ['of no rise', 'of 4', 'on day']);
  const seasons: readonly (readonly [string, SeasonalWorld])[] = [
    ['weekends', weekly],
    ['first days of a month', monthly],
  ];
  for (const [name, world] of seasons) {
    const [steady, risen] = [toldInSeason(world, 0, runs), toldInSeason(world, 4, runs)];
    row(`${name}, ranked among their like`, [
      held(`g: ${name}`, steady.ofKind.share, steady.ofKind.share <= mostFalseAlarms(bound, runs, 1)),
      short(risen.ofKind.share),
      String(risen.ofKind.medianDay),
    ]);
    row(`${name}, ranked among all`, [short(steady.ofAll.share), short(risen.ofAll.share), String(risen.ofAll.medianDay)]);
  }
}
