import type { z } from 'zod';
import { type Mark, type PolicyDocument, pointerStep } from './document.ts';
import { nearestMatch } from './nearest-match.ts';
import type { Problem } from './problem.ts';
import { shown } from './scalars.ts';
import { policyFileSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What is wrong at a place, before it is known where in a file that is. */
export interface Finding {
  readonly pointer: string;
  /** Which of the two a caret points at. */
  readonly mark: 'key' | 'value';
  readonly says: string;
  readonly remedy: string;
}

/** Every issue of the schema in the words of a person, with the nearest known key for a key that is none. */
export function findingsOf(issues: readonly Issue[], value: unknown): Finding[] {
  const found = issues.flatMap((issue) => unfold(issue, [], value)).map(({ issue, path }) => tell(issue, path, value));
  const meant = new Set(found.flat().map((finding) => finding.instead));
  return found.flat().filter((finding) => finding.missing === undefined || !meant.has(finding.missing));
}

/** Findings placed in the file they come from. What is missing is placed at what lacks it. Addresses and secrets are not repeated. */
export function placed(findings: readonly Finding[], document: PolicyDocument, file: string): Problem[] {
  return findings.map(({ pointer, mark, says, remedy }) => {
    const held = nearestMark(document, pointer);
    if (held === undefined) return { file, says, remedy };
    const at = (mark === 'key' || held.exact === false ? held.mark.key : undefined) ?? held.mark.value;
    const secret = pointer === '/notify/slack';
    const source = (secret ? `${at.source.slice(0, at.column - 1)}…` : at.source).replace(/\w+:\/\/\S+/g, '…');
    return { file: held.mark.file, at: { ...at, source, width: secret || pointer === '' ? 1 : at.width }, says, remedy };
  });
}

/** The value at a path, `undefined` where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((held, step) => (held instanceof Object ? (held as Record<PropertyKey, unknown>)[step] : undefined), value);
}

export function pointerOf(path: Path): string {
  return path.map((step) => `/${pointerStep(String(step))}`).join('');
}

function nearestMark(document: PolicyDocument, pointer: string): { mark: Mark; exact: boolean } | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const mark = document.marks.get(at);
    if (mark !== undefined) return { mark, exact: at === pointer };
    if (at === '') return undefined;
  }
}

/** Of a union, the issues of the branch that was meant: the one that differs least without being of another shape. */
function unfold(issue: Issue, base: Path, value: unknown): { issue: Issue; path: Path }[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union' || valueAt(value, path) === undefined) return [{ issue, path }];
  const branches = issue.errors.filter((branch) => !branch.some(isOfAnotherShape));
  const meant = branches.sort((a, b) => faults(a) - faults(b))[0];
  return meant === undefined ? [{ issue, path }] : meant.flatMap((one) => unfold(one, path, value));
}

function isOfAnotherShape(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code !== 'unrecognized_keys' && issue.code !== 'invalid_union';
}

function faults(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

interface Told extends Finding {
  /** The pointer a misspelt key was meant for, and of a value that is not there. */
  readonly instead?: string;
  readonly missing?: string;
}

function tell(issue: Issue, path: Path, value: unknown): Told[] {
  const pointer = pointerOf(path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => tellKey(key, path, valueAt(value, path)));
  if (valueAt(value, path) === undefined) {
    return [
      {
        pointer,
        missing: pointer,
        mark: 'key',
        says: `${path.join('.')} is missing`,
        remedy: `Add ${String(path.at(-1))}: ${wanted(path)}.`,
      },
    ];
  }
  if (issue.code === 'custom') {
    return [{ pointer, mark: 'value', says: issue.message, remedy: String(issue.params?.remedy) }];
  }
  return [
    {
      pointer,
      mark: 'value',
      says: `${path.join('.') || 'the file'} cannot be ${shape(valueAt(value, path))}`,
      remedy: `Write ${wanted(path)}.`,
    },
  ];
}

function tellKey(key: string, path: Path, beside: unknown): Told {
  const branches = schemasAt(path).map(({ properties }) => Object.keys(properties ?? {}));
  const known = [...new Set(branches.flat())];
  const others = Object.keys(beside as object).filter((other) => known.includes(other) && !branches.some(holdsBoth(key, other)));
  if (known.includes(key) && others.length > 0) {
    return {
      pointer: pointerOf([...path, key]),
      mark: 'key',
      says: `${[...path, key].join('.')} does not go with ${others.join(', ')}`,
      remedy: `Keep either ${key} or ${others.join(', ')}.`,
    };
  }
  const isThere = (name: string) => Object.hasOwn(beside as object, name);
  const nearest = nearestMatch(
    key,
    [...known].sort((a, b) => Number(isThere(a)) - Number(isThere(b))),
  );
  const remedy =
    special[pointerOf([...path, key])] ?? (nearest === undefined ? `Its keys are ${known.join(', ')}.` : `Did you mean "${nearest}"?`);
  return {
    pointer: pointerOf([...path, key]),
    ...(nearest !== undefined && { instead: pointerOf([...path, nearest]) }),
    mark: 'key',
    says: `${[...path, key].join('.')} is not a key`,
    remedy,
  };
}

function holdsBoth(one: string, other: string): (keys: readonly string[]) => boolean {
  return (keys) => keys.includes(one) && keys.includes(other);
}

/** Keys people expect elsewhere. */
const special: Readonly<Record<string, string>> = {
  '/approval/by': 'Write how many people must approve: people: 1 or people: 2. Names are not checked.',
  '/predictions': 'Write it under sources: sources.predictions.',
  '/outcomes': 'Write it under sources: sources.outcomes.',
  '/train': 'Write it under retrain: retrain.train.',
};

function shape(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' ? 'a map' : shown(value);
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly description?: string;
}

const schema = policyFileSchema() as Schema;

/** All the schemas a value at the path may meet. */
function schemasAt(path: Path): Schema[] {
  return path.reduce<Schema[]>(
    (held, step) =>
      held.flatMap((one) => {
        const next = typeof step === 'number' ? one.items : (one.properties?.[String(step)] ?? one.additionalProperties);
        return next instanceof Object ? branchesOf(next) : [];
      }),
    branchesOf(schema),
  );
}

function branchesOf(one: Schema): Schema[] {
  return one.anyOf === undefined ? [one] : one.anyOf.flatMap(branchesOf);
}

function wanted(path: Path): string {
  return [...new Set(schemasAt(path).map(wantedOf))].join(', or ');
}

function wantedOf(one: Schema): string {
  if (one.enum) return one.enum.join(' or ');
  if (one.properties) return `a map with ${(one.required ?? Object.keys(one.properties)).join(', ')}`;
  if (one.type === 'array') return 'a list';
  if (one.examples) return `for example ${one.examples.join(' or ')}`;
  if (one.type === 'object') return 'a map';
  return one.description === undefined
    ? `a ${one.type}`
    : `${one.description[0]?.toLowerCase()}${one.description.slice(1)}`.replace(/\.$/, '');
}
