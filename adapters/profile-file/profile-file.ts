import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { TableProfile } from '../../domain/check/table-profile.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { writeOutputFile } from '../output-file/write-output-file.ts';
import { TableUnusable } from '../source/files/find-tables.ts';

const schemaVersion = 1;
const header = /^\{"kind":"profile","schemaVersion":(\d+),"sha256":"([0-9a-f]{64})","profile":/;
const countAnew = 'Count it anew: anchorwatch profile FILE --output PROFILE.json.';

/** Whether a path names a profile: no table's name ends in `.json`. */
export function isProfileFile(path: string): boolean {
  return extname(path).toLowerCase() === '.json';
}

/**
 * Writes a profile beside its hash, and the folders above it; the file is there whole or not at all.
 *
 * @throws OutputUnwritable
 */
export async function writeProfileFile(path: string, profile: TableProfile): Promise<void> {
  const text = canonicalJson(profile);
  await writeOutputFile(path, `{"kind":"profile","schemaVersion":${schemaVersion},"sha256":"${sha256(text)}","profile":${text}}\n`);
}

/**
 * Reads what {@link writeProfileFile} wrote. Its hash tells that it is that and whole, so nothing else in it is looked at.
 *
 * @throws TableUnusable when the file cannot be read, is no profile, is of another schema version or was changed
 */
export async function readProfileFile(path: string): Promise<TableProfile> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new TableUnusable(cause.code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${cause.message}.`);
  });
  const [begins, version, hash] = header.exec(text) ?? [];
  if (begins === undefined)
    throw new TableUnusable(
      `${path} is no profile of a table. A profile is written by: anchorwatch profile FILE --output PROFILE.json. The name of a table ends in the format it is in, such as .parquet, .csv or .ndjson.`,
    );
  if (Number(version) !== schemaVersion)
    throw new TableUnusable(`${path} was written in schema version ${version}; this program reads ${schemaVersion}. ${countAnew}`);
  const body = text.slice(begins.length, text.lastIndexOf('}'));
  if (sha256(body) !== hash) throw new TableUnusable(`${path} is not whole, or was changed after it was written. ${countAnew}`);
  return JSON.parse(body) as TableProfile;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
