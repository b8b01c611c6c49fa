import { expect, it } from 'vitest';
import { asCode } from '../../domain/report-page/markdown/escape-markdown.ts';
import { renderMarkdown } from '../../domain/report-page/markdown/render-markdown.ts';
import { madePage } from './made-page.ts';

const lines = renderMarkdown(madePage(100)).split('\n');

it('given a page, when it is written as Markdown, then its parts follow in the same order, the verdict first', () => {
  expect(lines[0]).toMatch(/^# .*: alarm$/);
  expect(lines[2]).toMatch(/^▲ \*\*Alarm:\*\* /);
  expect(lines.filter((line) => line.startsWith('## '))).toEqual([
    '## Performance',
    '## Predictions',
    '## Where errors lie',
    '## What moved, and how sure that is',
    '## Segments',
    '## Quality of the data',
    '## Not compared',
    '## Notes',
  ]);
});

it('given tables, when they are written, then the cells of each stand under each other and every row has as many as the head', () => {
  const separator = /(?<!\\)\|/g;
  const tables = lines.join('\n').match(/(^\|.*\n)+/gm) ?? [];
  expect(tables).toHaveLength(6);
  for (const table of tables) {
    const rows = table.trimEnd().split('\n');
    const cells = rows[0]?.match(separator)?.length;
    for (const row of rows) expect(row.match(separator)).toHaveLength(cells as number);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  }
});

it('given ranges whose errors grew, when their interval is written, then it is said to be of the difference', () => {
  expect(lines.find((line) => line.includes('Of what is more'))).toContain('| 95% interval of the difference |');
});

it('given names and texts that are Markdown or HTML, when they are written, then they mean nothing', () => {
  const prose = lines.join('\n').replace(/(`+)[^\n]*?[^`]\1(?!`)/g, '');
  expect(prose).not.toMatch(/(?<!\\)<\w|(?<!\\)!?(?<!\\)\[|(?<!\\)\*\*bold/);
  expect(lines.every((line) => !/[\p{Cc}\p{Cs}]/u.test(line))).toBe(true);
});

it('given a column that could not be judged, when it is written, then what it lacks stands in its row', () => {
  const columns = [{ column: 'x', traits: [], verdict: 'inconclusive', critical: true, reason: 'needs 30 rows', statistics: {} } as const];
  expect(renderMarkdown({ ...madePage(0), columns })).toMatch(/^\| `x` .*\| ◆ Not judged: needs 30 rows \|$/m);
});

it.each([
  ['plain_name', '`plain_name`'],
  ['a|b', '`a\\|b`'],
  ['a`b``c', '``` a`b``c ```'],
])('given the name %s, when it is written as code, then nothing in it ends the code', (name, written) => {
  expect(asCode(name)).toBe(written);
});
