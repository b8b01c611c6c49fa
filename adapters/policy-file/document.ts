import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from './problem.ts';

type Place = NonNullable<Problem['at']>;

/** Where a value stands: its own place, and its key's where it has one. */
export interface Mark {
  readonly file: string;
  readonly value: Place;
  readonly key?: Place;
}

/** A YAML file as plain data, with a mark for each JSON pointer, its `extends` already merged in. */
export interface PolicyDocument {
  readonly value: unknown;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly problems: readonly Problem[];
}

/**
 * Reads a file and all it extends. Maps are merged member by member, everything else is replaced; marks stay with the file
 * each value came from. Never throws for bad content: what is wrong is listed.
 */
export function readDocument(path: string, chain: readonly string[] = []): PolicyDocument {
  const own = readOne(path);
  const base = own.value instanceof Object ? (own.value as { extends?: unknown }).extends : undefined;
  if (base === undefined) return own;

  const mark = own.marks.get('/extends');
  const wrong = (says: string, remedy: string): PolicyDocument => ({
    ...own,
    problems: [...own.problems, { file: path, ...(mark && { at: mark.value }), says, remedy }],
  });
  if (typeof base !== 'string')
    return wrong('extends is not the path of a file', 'Write one path, relative to this file: extends: ../shared.yaml');

  const basePath = isAbsolute(base) ? base : join(dirname(path), base);
  const visited = [...chain, path];
  if (visited.some((file) => resolve(file) === resolve(basePath))) {
    const circle = [...visited, basePath].map((file) => relative(dirname(path), file) || file).join(' → ');
    return wrong(`extends goes round in a circle: ${circle}`, 'Remove one of these extends.');
  }
  return merge(readDocument(basePath, visited), own);
}

function readOne(path: string): PolicyDocument {
  const failed = (says: string, remedy: string): PolicyDocument => ({
    value: undefined,
    marks: new Map(),
    problems: [{ file: path, says, remedy }],
  });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return failed('there is no such file', 'Check the path, or copy a policy from examples/ and change it.');
    return failed(`cannot be read (${code})`, 'Check that it is a file and that you may read it.');
  }

  const lines = text.split(/\r?\n/);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const place = (from: number, to: number): Place => {
    const { line, col } = counter.linePos(from);
    const source = lines[line - 1] ?? '';
    const width = text.slice(from, to).split(/\r?\n/, 1)[0]?.trimEnd().length ?? 1;
    return { line, column: col, width, source };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      file: path,
      at: place(...pos),
      says: `is not YAML here: ${message}`,
      remedy: 'Check the indentation, quotes and brackets around this place.',
    }));
    return { value: undefined, marks: new Map(), problems };
  }
  if (document.contents === null) return failed('is empty', 'Write at least model, task and sources.predictions.');

  const read = plainValueOf(document);
  if ('fault' in read) return failed(read.fault, 'Write out what *NAME stands for.');

  const marks = new Map<string, Mark>();
  const markAll = (node: Node | null | undefined, pointer: string, key?: Place): void => {
    const held = isAlias(node) ? node.resolve(document) : node;
    const range = node?.range;
    const value = range ? place(range[0], range[1]) : key;
    if (value) marks.set(pointer, { file: path, value, ...(key && { key }) });
    if (isMap(held)) {
      for (const { key: name, value: member } of held.items) {
        const spelt = isScalar(name) ? name : undefined;
        const at = spelt?.range ? place(spelt.range[0], spelt.range[1]) : undefined;
        markAll(member as Node | null, `${pointer}/${pointerStep(String(spelt?.value))}`, at);
      }
    }
    if (isSeq(held)) for (const [index, item] of held.items.entries()) markAll(item as Node, `${pointer}/${index}`);
  };
  markAll(document.contents, '');
  return { value: read.value, marks, problems: [] };
}

/** What a file stands for; a fault where its aliases hold themselves, or blow it up. */
function plainValueOf(document: Document): { readonly value: unknown } | { readonly fault: string } {
  try {
    const value: unknown = document.toJS();
    return holdsItself(value) ? { fault: 'holds itself, by an alias' } : { value };
  } catch (cause) {
    if (cause instanceof ReferenceError) return { fault: `cannot be read: ${cause.message}` };
    throw cause;
  }
}

function holdsItself(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return above.includes(value) || Object.values(value).some((member) => holdsItself(member, [...above, value]));
}

function merge(base: PolicyDocument, own: PolicyDocument): PolicyDocument {
  const marks = new Map(base.marks);
  const mergeAt = (pointer: string, below: unknown, above: unknown): unknown => {
    if (isMembers(below) && isMembers(above)) {
      const names = [...new Set([...Object.keys(below), ...Object.keys(above)])];
      marks.set(pointer, own.marks.get(pointer) as Mark);
      return Object.fromEntries(
        names.map((name) => [
          name,
          Object.hasOwn(above, name) ? mergeAt(`${pointer}/${pointerStep(name)}`, below[name], above[name]) : below[name],
        ]),
      );
    }
    const inside = (other: string) => other === pointer || other.startsWith(`${pointer}/`);
    for (const other of [...marks.keys()].filter(inside)) marks.delete(other);
    for (const [other, mark] of own.marks) if (inside(other)) marks.set(other, mark);
    return above;
  };
  const value = own.value === undefined ? base.value : mergeAt('', base.value, own.value);
  return { value, marks, problems: [...base.problems, ...own.problems] };
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name as one step of a JSON pointer. Source: RFC 6901. */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The name a step of a JSON pointer stands for: {@link pointerStep} the other way round. */
export function nameOfStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
