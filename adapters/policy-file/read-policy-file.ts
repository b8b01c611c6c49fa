import { dirname, resolve } from 'node:path';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PolicyLine, PolicyLines } from '../../domain/policy/policy-line.ts';
import { expand } from '../../domain/policy/standard.ts';
import { type PolicyDocument, readDocument } from './document.ts';
import { findingsOf, placed } from './issues.ts';
import { layOut } from './layout.ts';
import { findingsOfOrder } from './order.ts';
import type { Problem } from './problem.ts';
import { policyFile } from './schema.ts';
import { policyPointer } from './written-at.ts';

export type PolicyFileReading =
  | {
      readonly ok: true;
      readonly policy: Policy;
      readonly lines: PolicyLines;
      /** Absolute; globs and commands of the policy are relative to it. */
      readonly folder: string;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads, merges, checks and expands a policy file. All that is wrong with it comes at once; it throws for none of it. */
export function readPolicyFile(path: string): PolicyFileReading {
  const document = readDocument(path);
  if (document.problems.length > 0) return { ok: false, problems: document.problems };

  const value = withoutExtends(document.value);
  const parsed = policyFile.safeParse(value);
  const findings = [...(parsed.success ? [] : findingsOf(parsed.error.issues, value)), ...findingsOfOrder(value)];
  if (!parsed.success || findings.length > 0) return { ok: false, problems: inOrder(placed(findings, document, path)) };

  const policy = expand(layOut(parsed.data));
  return { ok: true, policy, lines: linesOf(document, policy), folder: resolve(dirname(path)), warnings: warningsOf(policy) };
}

function withoutExtends(value: unknown): unknown {
  if (!(value instanceof Object) || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'extends'));
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const place = ({ at }: Problem) => (at === undefined ? 0 : at.line * 10_000 + at.column);
  return [...problems].sort((a, b) => place(a) - place(b));
}

function linesOf({ marks }: PolicyDocument, { segments }: Policy): Record<string, PolicyLine> {
  const lines: Record<string, PolicyLine> = {};
  for (const [pointer, { file, value, key = value }] of marks) {
    const held = policyPointer(pointer, segments);
    if (held !== undefined) lines[held] = { file, line: key.line, column: key.column };
  }
  return lines;
}

function warningsOf(policy: Policy): string[] {
  const warnings: string[] = [];
  if (policy.sources.outcomes === undefined) warnings.push('sources.outcomes is not written: performance cannot be judged, only drift.');
  if (policy.mode === 'watch' && policy.training)
    warnings.push('mode watch does not train: retrain.train waits until mode is advise or act.');
  return warnings;
}
