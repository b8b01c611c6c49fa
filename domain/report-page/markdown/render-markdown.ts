import { verdictInWords } from '../../check/verdict-in-words.ts';
import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { columnsOfNote } from '../columns-of-note.ts';
import { sayCustom } from '../customary-label.ts';
import { movementInWords } from '../movement-in-words.ts';
import type { Flawed, Measured, Moved, Page, Segment } from '../page.ts';
import { movingAway } from '../way-in-words.ts';
import { errorsLines } from './errors-lines.ts';
import { asCode, escapeMarkdown } from './escape-markdown.ts';
import { table } from './table.ts';

const none = '–';

/** A page as Markdown, for terminals, pull requests and the run of a model: small tables, the columns that did not move only counted. */
export function renderMarkdown(page: Page): string {
  const { mark, word } = verdictInWords[page.verdict];
  const [first = '', ...more] = page.says;
  return [
    `# ${escapeMarkdown(page.title)}: ${word.toLowerCase()}`,
    '',
    `${mark} **${word}:** ${escapeMarkdown(first)}`,
    ...more.flatMap((line) => ['', escapeMarkdown(line)]),
    '',
    page.facts.map(({ term, is }) => `${term}: ${escapeMarkdown(is)}`).join(' · '),
    ...section(
      'Performance',
      table(['Metric', 'Now', '95% interval', 'Before', 'Alarm at', 'p', 'Verdict'], page.performance.map(measuredRow)),
    ),
    ...section(
      'Predictions',
      page.predictions.map((line) => `- ${escapeMarkdown(line)}`),
    ),
    ...section('Where errors lie', page.errors ? errorsLines(page.errors) : []),
    ...section('What moved, and how sure that is', columnsPart(page.columns)),
    ...section('Segments', segmentsPart(page.segments)),
    ...section('Quality of the data', qualityPart(page)),
    ...section(
      'Not compared',
      table(
        ['Column', 'Why'],
        page.ignored.map(({ column, reason }) => [asCode(column), escapeMarkdown(reason)]),
      ),
    ),
    ...section(
      'Notes',
      page.notes.map((note) => `- ${escapeMarkdown(note)}`),
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function columnsPart(columns: readonly Moved[]): string[] {
  const shown = columnsOfNote(columns);
  const rest = columns.length - shown;
  return [
    ...table(['Column', 'Effect', '95% interval', 'Alarm at', 'p', 'By custom', 'Verdict'], columns.slice(0, shown).map(movedRow)),
    ...(rest > 0 ? ['', `${rest} more ${rest === 1 ? 'column' : 'columns'}, all steady.`] : []),
  ];
}

function segmentsPart(segments: readonly Segment[]): string[] {
  const measured = segments.find(({ performance }) => performance !== undefined)?.performance;
  const head = measured === undefined ? [] : [measured.metric, '95% interval', 'Before', 'Alarm at', 'p', 'Behind the best'];
  return table(
    ['Segment', ...head, 'Inputs', 'Verdict'],
    segments.map(({ name, performance, inputs, verdict }) => {
      const { mark, word } = verdictInWords[verdict];
      return [
        `${asCode(name)}${performance?.decides ? ' (own limit)' : ''}`,
        ...(measured === undefined ? [] : performanceCells(performance)),
        escapeMarkdown(inputs),
        `${mark} ${word}`,
      ];
    }),
  );
}

function performanceCells(performance: Segment['performance']): string[] {
  const { value, interval, reference, threshold, adjustedPValue, behindBest, reason } = performance ?? {};
  return [
    value === undefined && reason !== undefined ? escapeMarkdown(reason) : sayMaybe(value, sayNumber),
    sayInterval(interval),
    sayMaybe(reference, sayNumber),
    sayMaybe(threshold, sayNumber),
    sayMaybe(adjustedPValue, sayP),
    sayMaybe(behindBest, sayNumber),
  ];
}

function qualityPart({ flaws, remarks }: Page): string[] {
  const ofNote = flaws.filter(({ verdict }) => verdict !== 'steady');
  const rest = flaws.length - ofNote.length;
  const said = [
    ...(rest > 0 ? [`${rest} ${ofNote.length > 0 ? 'more ' : ''}${rest === 1 ? 'flaw' : 'flaws'}, no more frequent than is usual.`] : []),
    ...remarks.map(escapeMarkdown),
  ];
  const rows = table(['Column', 'Rows that are', 'Data', 'Baseline', 'Alarm at', 'p', 'Verdict'], ofNote.map(flawRow));
  return [...rows, ...(rows.length > 0 && said.length > 0 ? [''] : []), ...said.map((line) => `- ${line}`)];
}

function movedRow(moved: Moved): string[] {
  const { column, traits, effect, adjustedPValue, statistics, reason } = moved;
  const { mark, word } = movementInWords(moved);
  const told = reason ?? movingAway(moved);
  return [
    `${asCode(column)}${traits.includes('critical') ? ' (critical)' : ''}`,
    effect === undefined ? none : `${sayNumber(effect.value)} ${effect.unit}`,
    sayInterval(effect?.interval),
    effect === undefined ? none : sayNumber(effect.threshold),
    sayMaybe(adjustedPValue, sayP),
    sayCustom(statistics) || none,
    `${mark} ${word}${told === undefined ? '' : `: ${escapeMarkdown(told)}`}`,
  ];
}

function measuredRow({ metric, rule, value, interval, reference, threshold, adjustedPValue, verdict }: Measured): string[] {
  const { mark, word } = verdictInWords[verdict];
  return [
    escapeMarkdown(`${metric}, ${rule}`),
    sayMaybe(value, sayNumber),
    sayInterval(interval),
    sayMaybe(reference, sayNumber),
    sayMaybe(threshold, sayNumber),
    sayMaybe(adjustedPValue, sayP),
    `${mark} ${word}`,
  ];
}

function flawRow({ column, flaw, verdict, share, shareInBaseline, threshold, adjustedPValue }: Flawed): string[] {
  const { mark, word } = verdictInWords[verdict];
  return [
    asCode(column),
    flaw,
    sayShare(share),
    sayShare(shareInBaseline),
    `+${sayShare(threshold)}`,
    sayMaybe(adjustedPValue, sayP),
    `${mark} ${word}`,
  ];
}

function sayInterval(interval: readonly [number, number] | undefined): string {
  return interval === undefined ? none : `${sayNumber(interval[0])} to ${sayNumber(interval[1])}`;
}

function sayMaybe(value: number | undefined, say: (value: number) => string): string {
  return value === undefined ? none : say(value);
}
