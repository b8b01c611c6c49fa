import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Backtest } from '../../domain/backtest/backtest.ts';
import { emptyFolder } from '../empty-folder.ts';

const root = join(import.meta.dirname, '../..');

function backtest(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/anchorwatch.ts', 'backtest', ...args], { cwd: root, encoding: 'utf8' });
}

describe('given a history without outcomes and no server', () => {
  const folder = emptyFolder();
  const policy = join(folder, 'anchorwatch.yaml');
  mkdirSync(join(folder, 'predictions'));
  for (let day = 1; day <= 17; day += 1) {
    const date = `2024-01-${String(day).padStart(2, '0')}`;
    const rows = Array.from({ length: 30 }, (_, row) => `${date}-${row},${date}T12:00:00Z,${(row * 7 + day) % 30},${row}\n`);
    writeFileSync(join(folder, 'predictions', `${date}.csv`), `id,at,amount,predicted\n${rows.join('')}`);
  }
  writeFileSync(
    policy,
    'model: made\ntask: regression\nsources: { predictions: { files: "predictions/*.csv", id: id, time: at, prediction: predicted } }\nbaseline: { window: 14d }\n',
  );

  it('when it is gone through, then the exit code is 1, for no labels can tell, JSON stands alone, and the page is written', () => {
    const page = join(folder, 'pages/made.html');
    const { status, stdout } = backtest('--policy', policy, '--json', '--html', page);
    const told = JSON.parse(stdout) as Backtest & { schemaVersion: number; written: string };
    expect(told).toMatchObject({ schemaVersion: 1, model: 'made', verdict: 'inconclusive', written: page });
    expect(told.looks).toHaveLength(3);
    expect(readFileSync(page, 'utf8')).toContain('Backtest of <bdi>made</bdi>');
    expect(status).toBe(1);
  });

  it('when the policy is not there, then the error says so without a trace, and the exit code is 1', () => {
    const { status, stdout, stderr } = backtest('--policy', join(folder, 'gone.yaml'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('gone.yaml  there is no such file');
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
