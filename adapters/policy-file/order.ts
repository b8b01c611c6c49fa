import { standard } from '../../domain/policy/standard.ts';
import type { Finding } from './issues.ts';
import { findingsOfMetrics } from './metric-findings.ts';
import { finding, type Path, type Reader, readerOf } from './reader.ts';
import { drop, durationDays, intervalDays, share, shown, Unreadable } from './scalars.ts';
import { segmentFindings } from './segment-findings.ts';
import { findingsOfTask } from './task-findings.ts';

/**
 * What no single value shows: thresholds in their order, sums, and parts that need each other. Looks at the values as written and
 * passes over what cannot be read, so that these findings stand beside those of the schema.
 */
export function findingsOfOrder(file: unknown): Finding[] {
  return [
    thresholds,
    windows,
    seasons,
    steps,
    throttle,
    acting,
    labels,
    filesOfBoth,
    absence,
    findingsOfTask,
    findingsOfMetrics,
    columns,
    segments,
  ].flatMap((check) => check(readerOf(file)));
}

function thresholds({ read, raw }: Reader): Finding[] {
  const alarm = read(drop, 'performance', 'drop') ?? standard.performance.drop;
  const sudden = read(drop, 'performance', 'sudden');
  if (sudden === undefined || sudden.of !== alarm.of || sudden.by >= alarm.by) return [];
  const drops = raw('performance', 'drop') ?? '3% relative, the default';
  return [
    finding(
      ['performance', 'sudden'],
      `sudden (${raw('performance', 'sudden')}) is below drop (${drops})`,
      'Write a sudden as large as drop or larger: it is the alarm that does not wait.',
    ),
  ];
}

function windows({ read }: Reader): Finding[] {
  const baseline = read(durationDays, 'baseline', 'window') ?? standard.baseline.windowDays;
  const window = read(durationDays, 'watch', 'window');
  if (window === undefined || window <= baseline) return [];
  return [
    finding(
      ['watch', 'window'],
      `a check of ${window} days is longer than its baseline of ${baseline}`,
      'Shorten watch.window or lengthen baseline.window.',
    ),
  ];
}

function seasons({ read, raw }: Reader): Finding[] {
  const window = read(durationDays, 'watch', 'window') ?? standard.watch.windowDays;
  const said = `a window of ${raw('watch', 'window') ?? `${window}d`}`;
  const byHours = raw('watch', 'grain') === 'hour';
  const season = raw('baseline', 'season') ?? standard.baseline.season;
  if (!isWhole(byHours ? window * 24 : window)) {
    const remedy = byHours ? 'Write whole hours, such as 6h.' : 'Write whole days, or add watch.grain: hour.';
    return [finding(['watch', 'window'], `${said} is not of whole ${byHours ? 'hours' : 'days'}`, remedy)];
  }
  const path = ['baseline', 'season'];
  if (season === 'hourOfWeek' && !byHours)
    return [finding(path, 'hourOfWeek needs rows that are counted by hours', 'Write weekday, or add watch.grain: hour.')];
  if (season !== 'none' && season !== 'hourOfWeek' && window < 1)
    return [finding(path, `${said} is shorter than what recurs by ${season}`, 'Write hourOfWeek.')];

  const baseline = read(durationDays, 'baseline', 'window') ?? standard.baseline.windowDays;
  const needed = fewestBlocks * daysPerBlock(season, window);
  if (baseline >= needed) return [];
  const says = `a baseline of ${baseline} days has no ${fewestBlocks} stretches like ${said}`;
  return [finding(path, says, `Write baseline.window: ${needed}d or longer, or another season.`)];
}

/** A check is tested against so many. */
const fewestBlocks = 8;

/** From one stretch that is like the window to the next; 0 where every stretch is. */
function daysPerBlock(season: unknown, window: number): number {
  if (season === 'dayOfMonth') return Math.ceil(window / 31) * 31;
  return (season === 'weekday' || season === 'hourOfWeek') && window % 7 !== 0 ? Math.ceil(window / 7) * 7 : 0;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}

function steps({ raw }: Reader): Finding[] {
  const written = raw('rollOut', 'steps');
  if (!Array.isArray(written)) return [];
  const found: Finding[] = [];
  const shares = written.map((step) => share(step)).map((step) => (step instanceof Unreadable ? undefined : step));
  for (const [index, step] of shares.entries()) {
    const before = shares[index - 1];
    if (step === undefined || before === undefined || step > before) continue;
    found.push(
      finding(
        ['rollOut', 'steps', index],
        `step ${written[index]} does not follow ${written[index - 1]} upwards`,
        'Write the steps in ascending order.',
      ),
    );
  }
  const last = shares.at(-1);
  if (last !== undefined && last !== 1) {
    found.push(
      finding(['rollOut', 'steps', shares.length - 1], `the last step is ${written.at(-1)}, not 100%`, 'End the steps with 100%.'),
    );
  }
  const units = raw('rollOut', 'minimumUnits');
  if (Array.isArray(units) && units.length !== written.length) {
    found.push(
      finding(
        ['rollOut', 'minimumUnits'],
        `${units.length} minimumUnits for ${written.length} steps`,
        'Write one number for each step, or one for all.',
      ),
    );
  }
  return found;
}

function throttle({ read, raw }: Reader): Finding[] {
  const between = read(durationDays, 'retrain', 'throttle', 'between') ?? standard.retrain.throttle.betweenDays;
  const every = read(intervalDays, 'retrain', 'schedule');
  if (every === undefined || every >= between) return [];
  return [
    finding(
      ['retrain', 'schedule'],
      `${raw('retrain', 'schedule')} is more often than the throttle lets through (one in ${between} days)`,
      `Write a schedule of ${between}d or longer, or a shorter retrain.throttle.between.`,
    ),
  ];
}

function acting({ raw }: Reader): Finding[] {
  if (raw('mode') !== 'act') return [];
  const needed = (path: Path, what: string, remedy: string) =>
    raw(...path) === undefined ? [finding(['mode'], `mode act needs ${path.join('.')}: ${what}`, remedy)] : [];
  const predictions = raw('sources', 'predictions');
  return [
    ...needed(['retrain', 'train'], 'nothing is named that can train', 'Add retrain.train.command, or write mode: watch.'),
    ...needed(['rollOut'], 'nothing says how a candidate goes live', 'Add rollOut: standard, or write mode: advise.'),
    ...(predictions === undefined || predictions === 'gateway'
      ? []
      : [
          finding(
            ['sources', 'predictions'],
            'mode act needs the gateway: traffic from files cannot be split',
            'Write predictions: gateway, or mode: advise.',
          ),
        ]),
  ];
}

function labels({ raw }: Reader): Finding[] {
  const fromFiles = typeof raw('sources', 'predictions') === 'object';
  if (raw('retrain', 'train') === undefined || !fromFiles) return [];
  if (raw('sources', 'outcomes') !== undefined || raw('sources', 'history') !== undefined) return [];
  return [finding(['retrain', 'train'], 'there are no labelled rows to train on', 'Add sources.outcomes or sources.history.', 'key')];
}

/** A segment is known by its bytes, so a file is one of predictions or one of outcomes. */
function filesOfBoth({ raw }: Reader): Finding[] {
  const path = ['sources', 'outcomes', 'files'];
  const glob = raw(...path);
  if (glob === undefined || glob !== raw('sources', 'predictions', 'files')) return [];
  const remedy = 'Name files of their own: each file is read as one of the two.';
  return [finding(path, `${shown(glob)} are the files of sources.predictions too`, remedy)];
}

function absence({ raw }: Reader): Finding[] {
  const path = ['sources', 'outcomes', 'absentMeans'];
  const absent = raw(...path);
  if (absent === undefined) return [];
  const needsTime = finding(
    path,
    'nothing says when an outcome that is absent is absent for good',
    'Add maturesAfter beside it, such as maturesAfter: 30d.',
    'key',
  );
  const task = raw('task', 'kind') ?? raw('task');
  const isNone = task !== 'classification' && (typeof absent !== 'number' || (task === 'ranking' && absent < 0));
  return [
    ...(raw('sources', 'outcomes', 'maturesAfter') === undefined ? [needsTime] : []),
    ...(isNone ? [finding(path, `${shown(absent)} is no value of a ${task}`, 'Write a number, such as absentMeans: 0.')] : []),
  ];
}

function columns({ raw }: Reader): Finding[] {
  const ignored = raw('columns', 'ignore');
  const critical = raw('columns', 'critical');
  if (!Array.isArray(ignored) || !Array.isArray(critical)) return [];
  return ignored.flatMap((column, index) =>
    critical.includes(column)
      ? [finding(['columns', 'ignore', index], `${column} is both critical and ignored`, 'Remove it from one of the two lists.')]
      : [],
  );
}

function segments({ raw }: Reader): Finding[] {
  const found = segmentFindings(raw('segments'), raw('performance', 'segments'), raw('fairness'));
  return found.map(({ path, says, remedy, mark }) => finding(path, says, remedy, mark));
}
