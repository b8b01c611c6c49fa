import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { customers, Folder } from '../check/tables.ts';

const root = join(import.meta.dirname, '../..');
const folder = new Folder();
afterAll(() => folder.remove());

const baseline = folder.csv('baseline.csv', customers(1, 2000, { days: 20 }));
const moved = folder.csv('moved.csv', customers(3, 800, { firstDay: 20, days: 4, shift: 0.6 }));

const program = ['--import', 'tsx', 'scripts/anchorwatch.ts', 'report'];

function report(...args: string[]) {
  return spawnSync(process.execPath, [...program, ...args], { cwd: root, encoding: 'utf8' });
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

  it('when a file cannot be written, then the error says which, why and what to do, and no half of it is left', () => {
    const page = join(folder.path, 'kept.html');
    writeFileSync(page, 'a page of yesterday');
    const under = report('--baseline', baseline, '--data', moved, '--html', join(page, 'page.html'));
    expect(under).toMatchObject({ status: 1, stdout: '' });
    expect(under.stderr).toContain(
      `${join(page, 'page.html')} cannot be written: a file stands in the place of a folder (EEXIST); name another place.`,
    );
    const isFolder = report('--baseline', baseline, '--data', moved, '--markdown', folder.path);
    expect(isFolder.stderr).toContain(`${folder.path} cannot be written: it is a folder (EISDIR); name another place.`);
    expect(readFileSync(page, 'utf8')).toBe('a page of yesterday');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('when no space is left (skipped where there is no /dev/full), then that is said', () => {
    const { status, stderr } = report('--baseline', baseline, '--data', moved, '--html', '/dev/full');
    expect(stderr).toContain('/dev/full cannot be written: no space is left (ENOSPC); free some, or name another place.');
    expect(status).toBe(1);
    const full = openSync('/dev/full', 'w');
    const printed = spawnSync(process.execPath, [...program, '--baseline', baseline, '--data', moved], {
      cwd: root,
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(printed.stderr.toString()).toBe('The answer cannot be written: no space is left (ENOSPC); free some, or name another place.\n');
    expect(printed.status).toBe(1);
  });

  it('when whoever reads the answer has gone, then it ends without a word', () => {
    const shell = `"${process.execPath}" ${program.join(' ')} --baseline "${baseline}" --data "${moved}" --json | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', shell], { cwd: root, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' });
  });

  it('when neither a model nor both tables are named, then the error shows how it is written', () => {
    const { status, stderr } = report('--data', moved);
    expect(status).toBe(1);
    expect(stderr).toContain('both --baseline and --data:\n  anchorwatch report ');
  });
});
