import { describe, expect, it } from 'vitest';
import type { Backtest } from '../../domain/backtest/backtest.ts';
import { makeBacktest } from '../../domain/backtest/make-backtest.ts';
import { renderBacktestHtml } from '../../domain/backtest/render-html.ts';
import { renderBacktest } from '../../domain/backtest/render-markdown.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { policyOf } from '../report/watched-model.ts';
import { looksOf, week } from './looks.ts';

const hostile = '<script>alert(1)</script>|`*';

function made(letters: string): Backtest {
  return makeBacktest({
    policy: policyOf({ watch: { schedule: '0 3 * * 1' } }),
    baseline: { digest: 'b' as Digest, from: week(-9), to: week(-1), takenAt: eventTime(week(0)), says: 'Baseline of 9 rows.' },
    looks: looksOf(letters, `inputs/${hostile}`),
    notes: ['No file of outcomes was found.'],
  });
}

describe('given a backtest', () => {
  it('when it is a page, then it needs nothing else, runs nothing, and holds names as text', () => {
    const page = renderBacktestHtml(made('..aa....'));
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('when it is a page, then every id is there once, each picture has a title, and what scrolls can be reached by keys', () => {
    const page = renderBacktestHtml(made('..aa....'));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, label] of page.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const id of label?.split(' ') ?? []) expect(ids).toContain(id);
    for (const [region] of page.matchAll(/<div class="scroll"[^>]*>/g))
      expect(region).toMatch(/role="region" aria-label="[^"]+" tabindex="0"/);
  });

  it('when there are a year of daily looks, then the page stays under a megabyte', () => {
    expect(renderBacktestHtml(made('.a'.repeat(183))).length).toBeLessThan(1_000_000);
  });

  it('when nothing alarmed, or there was one look only, then it says so and draws no nonsense', () => {
    const page = renderBacktestHtml(made('.'));
    expect(page).toContain('There was none.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('when looks were inconclusive, then it says how many and when, for they prove nothing', () => {
    expect(made('..i.ii..').says).toContain('Of 8 looks 3 were inconclusive, from 2024-01-22 to 2024-02-12: they prove nothing.');
    expect(made('..i.').says).toContain('Of 4 looks 1 was inconclusive, on 2024-01-22: they prove nothing.');
    expect(made('....').says.join(' ')).not.toContain('inconclusive');
  });

  it('when it is Markdown, then names are no markup', () => {
    const markdown = renderBacktest(made('..aa....'));
    expect(markdown).toContain('\\<script\\>alert(1)\\</script\\>\\|\\`\\*');
    expect(markdown).toMatch(/^# Backtest of bike-demand: inconclusive\n/);
  });
});
