import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { madePage } from './made-page.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0);
const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(browser === undefined)(
  `given a page with nasty names, when a browser opens it, then all of it is there, nothing was added, and nothing is complained of${browser === undefined ? ' (no Chromium on the PATH)' : ''}`,
  () => {
    const source = renderHtml(madePage(100));
    const path = join(folder, 'page.html');
    writeFileSync(path, source);
    const { stdout, stderr, status } = spawnSync(
      browser as string,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--enable-logging=stderr',
        `--user-data-dir=${join(folder, 'profile')}`,
        '--dump-dom',
        pathToFileURL(path).href,
      ],
      { encoding: 'utf8', maxBuffer: 50_000_000 },
    );
    expect(status).toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes('CONSOLE'))).toEqual([]);
    const countOf = (text: string) => {
      const counts: Record<string, number> = {};
      for (const [, name] of text.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<([a-zA-Z][\w-]*)/g))
        counts[name as string] = (counts[name as string] ?? 0) + 1;
      return counts;
    };
    expect(countOf(stdout)).toEqual(countOf(source));
  },
);
