import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Files that match a pattern, ascending. `*` and `?` stand for anything within a name, `**` for any folders, `{a,b}` for either.
 * A relative pattern starts at `folder`. Hidden names are matched only where the pattern says the dot.
 *
 * @throws when a folder may not be read; a folder that does not exist holds no files
 */
export async function filesByGlob(pattern: string, folder: string): Promise<string[]> {
  const absolute = isAbsolute(pattern) ? resolve(pattern) : resolve(folder, pattern);
  const parts = absolute.split('/');
  const firstOpen = parts.findIndex((part) => /[*?{]/.test(part));
  if (firstOpen < 0) return (await filesUnder(join(absolute, '..'), false)).filter((path) => path === absolute);
  const root = parts.slice(0, firstOpen).join('/') || '/';
  const deep = parts.length - firstOpen > 1 || parts[firstOpen] === '**';
  const matches = expression(absolute);
  return (await filesUnder(root, deep)).filter((path) => matches.test(path)).sort();
}

async function filesUnder(folder: string, deep: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(deep ? await filesUnder(path, true) : []));
    else found.push(path);
  }
  return found;
}

function expression(pattern: string): RegExp {
  const parts = pattern.split('/').map((part, index, all) => {
    const last = index === all.length - 1;
    if (part === '**') return last ? '.*' : '(?:[^/.][^/]*/)*';
    const hidden = /^[*?]/.test(part) ? '(?!\\.)' : '';
    return `${hidden}${nameExpression(part)}${last ? '' : '/'}`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

function nameExpression(name: string): string {
  return name.replace(/\*|\?|\{[^{}]*\}|[.+^$()|[\]\\{}]/g, (token) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    const choices = token.startsWith('{') && token.length > 1 ? token.slice(1, -1).split(',') : undefined;
    return choices === undefined ? `\\${token}` : `(?:${choices.map(escaped).join('|')})`;
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
}
