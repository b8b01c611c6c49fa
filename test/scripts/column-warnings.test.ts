import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnWarnings } from '../../scripts/models/column-warnings.ts';
import { loadPolicyFile } from '../../scripts/models/policies.ts';
import { emptyFolder } from '../empty-folder.ts';

describe('given a policy whose predictions are files', () => {
  const folder = emptyFolder();
  const path = join(folder, 'anchorwatch.yaml');
  const warningsOf = (columns: string, id = 'id') => {
    writeFileSync(
      path,
      `model: shop\ntask: regression\nsources:\n  predictions: {files: "scores/*.csv", id: ${id}, time: at, prediction: said}\n${columns}`,
    );
    return columnWarnings(loadPolicyFile(path));
  };

  it('when there is no file yet, then that is said', async () => {
    expect(await warningsOf('')).toEqual([expect.stringMatching(/^No file matches \S+scores\/\*\.csv\. /)]);
  });

  it('when the last file lacks columns that are named, then each is told with its place and what there is', async () => {
    mkdirSync(join(folder, 'scores'));
    writeFileSync(join(folder, 'scores/1.csv'), 'id,at,said,tmp\n1,2024-01-01,2,3\n');
    writeFileSync(join(folder, 'scores/2.csv'), 'id,at,said,temp\n1,2024-01-02,2,3\n');
    expect(await warningsOf('columns: {critical: [temp]}\n')).toEqual([]);
    const lacking = (column: string, at: string) =>
      `${path}:${at}  the predictions have no column ${column} in ${join(folder, 'scores/2.csv')}. Name one of their columns: id, at, said, temp.`;
    expect(await warningsOf('columns: {critical: [temp, tmp]}\nsegments: {plan: [free]}\n', 'key')).toEqual([
      lacking('key', '4:40'),
      lacking('plan', '6:12'),
      lacking('tmp', '5:28'),
    ]);
  });

  it('when the last file of outcomes lacks its id, label or time, then each is told with its place', async () => {
    mkdirSync(join(folder, 'known'));
    writeFileSync(join(folder, 'known/1.csv'), 'key,came\n1,2\n');
    writeFileSync(
      path,
      'model: shop\ntask: regression\nsources:\n  predictions: {files: "scores/*.csv", id: id, time: at, prediction: said}\n  outcomes: {files: "known/*.csv", id: id, label: came, knownAt: at}\n',
    );
    const lacking = (column: string, at: string) =>
      `${path}:${at}  the outcomes have no column ${column} in ${join(folder, 'known/1.csv')}. Name one of their columns: key, came.`;
    expect(await columnWarnings(loadPolicyFile(path))).toEqual([lacking('id', '5:36'), lacking('at', '5:57')]);
  });
});
