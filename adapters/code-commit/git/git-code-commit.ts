import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CodeCommit } from '../../../domain/registry/code-commit.port.ts';

const run = promisify(execFile);

/** `git` on PATH; without it, or outside a repository, there is no commit to tell. `-dirty` says that files of the folder differ from it. */
export const gitCodeCommit: CodeCommit = {
  async of(folder) {
    try {
      const commit = (await git(folder, 'rev-parse', 'HEAD')).trim();
      const changes = await git(folder, 'status', '--porcelain', '--untracked-files=no', '--', '.');
      return changes.trim() === '' ? commit : `${commit}-dirty`;
    } catch {
      return undefined;
    }
  },
};

async function git(folder: string, ...words: string[]): Promise<string> {
  return (await run('git', ['-C', folder, ...words], { timeout: 5_000 })).stdout;
}
