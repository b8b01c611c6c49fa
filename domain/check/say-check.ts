import { sayShare } from '../report/say-number.ts';
import type { CheckedColumn, CheckReport } from './check-report.ts';
import { sayPerformance } from './say-performance.ts';
import { verdictInWords } from './verdict-in-words.ts';

/** The verdict in a sentence, then what the test rests on. */
export function sayCheck(report: Omit<CheckReport, 'says'>): string {
  return `${verdictInWords[report.verdict].word}: ${sayVerdict(report)} ${sayTest(report)}`;
}

/** What was found, without the verdict's own word: what became of performance, where that is judged, then what moved. */
export function sayVerdict(report: Omit<CheckReport, 'says'>): string {
  const performance = sayPerformance(report);
  return performance === undefined ? sayColumns(report) : `${performance} Data: ${sayColumns(report)}`;
}

function sayColumns({ verdict, columns, performance, quality, window, notes }: Omit<CheckReport, 'says'>): string {
  const compared = `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const moved = columns.filter(({ movement }) => movement === 'alarm').map(({ column }) => column);
  const flawed = columns.filter((column) => column.verdict === 'alarm' && column.movement !== 'alarm').map(({ column }) => column);
  const told = [...(moved.length > 0 ? [`${named(moved)} moved`] : []), ...(flawed.length > 0 ? [`flaws in ${named(flawed)}`] : [])];
  if (verdict === 'alarm' && told.length > 0) return `${told.join('; ')}; of ${compared}.`;
  const steady = () => `${saySteady(moved, columns.filter(isFarWithinChance))}, of ${compared}.`;
  if (verdict !== 'inconclusive') return steady();
  if (window.rows === 0) return 'the data hold no rows that could be counted.';
  if (columns.length === 0) return 'there is no column to compare.';
  const doubtful = columns.filter(({ verdict: of }) => of === 'inconclusive');
  const flaw = quality.flaws.find(({ verdict: of }) => of === 'inconclusive');
  if (doubtful.length === 0 && flaw === undefined && performance.some((rule) => rule.critical && rule.verdict === 'inconclusive'))
    return steady();
  const why = doubtful[0]?.reasons[0] ?? flaw?.says ?? notes.at(-1) ?? 'nothing could be judged.';
  return `${why}${doubtful.length > 1 ? ` So with ${doubtful.length} of ${compared}.` : ''}`;
}

/** Moved as far as would matter, and no further than its past or chance explain: few rows look so, and a trend inside the baseline. */
export function isFarWithinChance({ movement, effect }: CheckedColumn): boolean {
  return movement === 'steady' && effect !== undefined && effect.value >= effect.threshold;
}

function saySteady(moved: readonly string[], far: readonly CheckedColumn[]): string {
  if (moved.length > 0) return `nothing that is critical (but ${named(moved)}) moved`;
  if (far.length === 0) return 'nothing moved';
  return `nothing moved beyond past and chance (${named(far.map(({ column }) => column))} moved far, but not certainly)`;
}

const namedAtMost = 3;

function named(columns: readonly string[]): string {
  const more = columns.length - namedAtMost;
  return `${columns.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What the test rests on, and how often it alarms falsely. */
export function sayTest({ test, falseAlarmLevel, window }: Omit<CheckReport, 'says'>): string {
  const level = `the chance of a false alarm is at most ${sayShare(falseAlarmLevel)}`;
  switch (test.kind) {
    case 'independentRows':
      return `Rows were taken as independent of each other, as ${window.from === undefined ? 'no time column was named' : 'the baseline is too short to be cut into days'}; if they are, ${level}.`;
    case 'blocks':
      return `Tested against ${test.blocks} earlier blocks of the same length; ${level}.`;
    case 'days':
      return `Tested day by day against ${test.blocks} earlier days; ${level}.`;
    case 'none':
      return 'No column could be tested.';
  }
}
