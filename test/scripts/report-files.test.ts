import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { customers, Folder } from '../check/tables.ts';

const root = join(import.meta.dirname, '../..');
const folder = new Folder();
afterAll(() => folder.remove());

const baseline = folder.csv('baseline.csv', customers(1, 2000, { days: 20 }));
const moved = folder.csv('moved.csv', customers(3, 800, { firstDay: 20, days: 4, shift: 0.6 }));

function report(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/anchorwatch.ts', 'report', ...args], { cwd: root, encoding: 'utf8' });
}

describe('given two tables and no server', () => {
  it('when no file is named, then Markdown is printed, and an alarm is no failure of the command', () => {
    const { status, stdout } = report('--baseline', baseline, '--data', moved);
    expect(stdout).toMatch(/^# .*moved\.csv against .*baseline\.csv: alarm\n\n▲ \*\*Alarm:\*\* amount moved/);
    expect(stdout).toMatch(/^\| `amount` +\| 0\.\d+ sigma +\|.*▲ Moved +\|$/m);
    expect(status).toBe(0);
  });

  it('when files are named, then they are written, folders and all, and where they are is said', () => {
    const [html, markdown] = [join(folder.path, 'deep/er/page.html'), join(folder.path, 'page.md')];
    const { status, stdout } = report('--baseline', baseline, '--data', moved, '--html', html, '--markdown', markdown);
    expect(stdout).toBe(`Written: ${html}\nWritten: ${markdown}\n`);
    expect(status).toBe(0);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
    expect(readFileSync(markdown, 'utf8')).toContain('amount');
  });

  it('when JSON is asked for, then it holds the report and what was written', () => {
    const html = join(folder.path, 'page.html');
    const { stdout } = report('--baseline', baseline, '--data', moved, '--html', html, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, report: { verdict: 'alarm' }, written: { html } });
    expect(existsSync(html)).toBe(true);
  });

  it('when neither a model nor both tables are named, then the error shows how it is written', () => {
    const { status, stderr } = report('--data', moved);
    expect(status).toBe(1);
    expect(stderr).toContain('both --baseline and --data:\n  anchorwatch report ');
  });
});
