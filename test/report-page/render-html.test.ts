import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { dark, light } from '../../domain/report-page/html/style.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { madeColumn, madePage, nastyNames } from './made-page.ts';

const page = renderHtml(madePage(100));
const all = (pattern: RegExp, text = page) => [...text.matchAll(pattern)].map((match) => match[1] as string);
/** Without the style, which holds `>` of its own. */
const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
const tags = [...body.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:[^<>"]|"[^"]*")*)>/g)];

describe('given a page of a hundred columns', () => {
  it('when its parts are read, then the verdict comes first and the parts follow in the order of their weight', () => {
    expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('class="lead"'));
    expect(all(/<h2[^>]*>([^<]+)</g)).toEqual([
      'Performance',
      'Predictions',
      'Where errors lie',
      'What moved, and how sure that is',
      'Segments',
      'Quality of the data',
      'Not compared',
      'Notes',
      'How to read this',
    ]);
  });

  it('when its columns are looked at, then each has one card, one effect against its threshold, and one picture', () => {
    const [moved] = all(/<section aria-labelledby="moved">([\s\S]*?)<\/section>/g);
    const cards = (moved as string).split('<li class="card"').slice(1);
    expect(cards).toHaveLength(100);
    for (const card of cards) {
      expect(card.match(/<svg class="chart /g)).toHaveLength(1);
      expect(card.match(/class="threshold"/g)).toHaveLength(1);
      expect(card.match(/class="interval"/g)).toHaveLength(1);
      expect(card.match(/<svg class="spread"/g)).toHaveLength(1);
      expect(card.match(/<details class="all">/g)).toHaveLength(1);
    }
  });

  it('when it is weighed, then it is under a megabyte', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  it('when it is read by a machine, then every tag is closed, ids are unique, and what is pointed at is there', () => {
    const open: string[] = [];
    for (const [, slash, name, rest] of tags) {
      if (name === 'meta' || rest?.endsWith('/')) continue;
      if (slash === '') open.push(name as string);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
    const ids = all(/\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const pointed = [...all(/aria-labelledby="([^"]+)"/g).flatMap((list) => list.split(' ')), ...all(/href="#([^"]+)"/g)];
    expect(pointed.length).toBeGreaterThan(200);
    expect(pointed.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('when it is heard and not seen, then pictures, tables and folds have names, and headings follow each other', () => {
    for (const picture of all(/(<svg [^>]*>)/g)) expect(picture).toMatch(/role="img" aria-labelledby="|aria-hidden="true"/);
    expect(all(/<(title|desc) id="[^"]+">[^<]/g).length).toBe(all(/(role="img")/g).length * 2);
    const heads = tags.filter(([, slash, name]) => slash === '' && name === 'th');
    expect(heads.length).toBeGreaterThan(1000);
    expect(heads.filter(([, , , rest]) => !/ scope="(col|row)"/.test(rest as string))).toEqual([]);
    expect(new Set(all(/<summary>([\s\S]*?)<\/summary>/g)).size).toBeGreaterThan(100);
    expect(body.includes('<html lang="en">')).toBe(true);
    const levels = all(/<h([1-6])/g).map(Number);
    expect(levels[0]).toBe(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('when it is opened, then it asks nothing of the network and has no script', () => {
    const names = new Set(tags.map(([, , name]) => name));
    for (const name of ['script', 'link', 'iframe', 'img', 'object', 'image', 'use']) expect(names).not.toContain(name);
    const attributes = new Set(
      tags.flatMap(([, , , rest]) => [...(rest ?? '').matchAll(/\s([\w-]+)="/g)].map((found) => found[1] as string)),
    );
    expect([...attributes].filter((name) => /^(on|src|xlink|style|action|data$)/.test(name))).toEqual([]);
    expect(all(/href="([^"]*)"/g).filter((to) => !to.startsWith('#'))).toEqual([]);
    expect(all(/(@import|url\()/g)).toEqual([]);
    expect(page.includes(`http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"`)).toBe(true);
  });

  it('when names are HTML, then they are told as text', () => {
    expect(nastyNames.slice(0, 4).filter((name) => page.includes(name))).toEqual([]);
    const told = ['&lt;script&gt;alert(1)&lt;/script&gt;', '&quot;&gt;&lt;img src=x onerror=alert(2)&gt;', '&#39; onload=&#39;alert(3)'];
    expect(told.filter((text) => !page.includes(text))).toEqual([]);
    expect(page.match(/[\p{Cc}\p{Cs}](?<!\n)/u)).toBeNull();
  });
});

it('given many columns that did not move, when a page is made, then those come folded after all that did', () => {
  const random = seededRandom(5);
  const columns = Array.from({ length: 30 }, (_, index) => madeColumn(index, random)).map((column, index) => ({
    ...column,
    column: `c-${index}`,
    verdict: index < 14 ? ('alarm' as const) : ('steady' as const),
    effect: { value: index < 14 ? 0.5 : 0.01, threshold: 0.2, unit: 'sigma' },
  }));
  const folded = renderHtml({ ...madePage(0), columns });
  const [rest] = all(/<details class="more"><summary>16 more columns, all steady<\/summary>([\s\S]*?)<\/ol>/g, folded);
  expect(rest?.match(/<li class="card"/g)).toHaveLength(16);
  expect(folded.indexOf('id="c14"')).toBeLessThan(folded.indexOf('16 more columns'));
});

it('given nothing to compare, when a page is made, then each part says so', () => {
  const empty = renderHtml({ ...madePage(0), performance: [], flaws: [], remarks: [], ignored: [], notes: [] });
  for (const says of ['No outcomes were given', 'No column was compared', 'No column has more flawed rows', 'Every column was compared'])
    expect(empty).toContain(says);
});

describe.each([
  ['light', light],
  ['dark', dark],
])('given the %s colours', (_, colours) => {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, part) => {
      const value = Number.parseInt(colour.slice(1 + 2 * part, 3 + 2 * part), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const contrast = (one: string, other: string) => {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
    return (lighter + 0.05) / (darker + 0.05);
  };

  it('when text stands on the ground or on a card, then its contrast is 4.5 or more', () => {
    for (const ground of [colours.ground, colours.card])
      for (const text of ['text', 'fine', 'alarm', 'steady', 'inconclusive', 'now'] as const)
        expect(contrast(colours[text], ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it('when a line means something, then its contrast to what lies under it is 3 or more', () => {
    for (const line of ['text', 'alarm', 'steady', 'inconclusive'] as const)
      expect(contrast(colours[line], colours.beyond), line).toBeGreaterThanOrEqual(3);
    expect(contrast(colours['before-line'], colours.ground)).toBeGreaterThanOrEqual(3);
    for (const under of [colours.ground, colours.before]) expect(contrast(colours.now, under)).toBeGreaterThanOrEqual(3);
  });
});
