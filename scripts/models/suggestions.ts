import { policyLines } from '../../activities/ledger/policy-lines.ts';
import { writeThreshold } from '../../adapters/policy-file/write-threshold.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PolicyLines } from '../../domain/policy/policy-line.ts';
import { sayNames } from '../../domain/report/say-names.ts';
import { type Suggestion, suggestThresholds } from '../../domain/report/suggest-thresholds.ts';
import type { Ports } from '../../worker/ports.ts';
import { policyInForce, readReport } from './alarms.ts';

export interface Suggested {
  readonly suggestions: readonly Suggestion[];
  /** The same for people, as changes to the policy file. Nothing applies them. */
  readonly told: readonly string[];
}

/** What the alarms that people called false say of the thresholds. */
export async function suggested(ports: Ports, state: LifecycleState): Promise<Suggested> {
  const wrong = (state.alarms ?? []).filter(({ answer }) => answer?.kind === 'false');
  if (wrong.length === 0) return { suggestions: [], told: [] };
  const policy = await policyInForce(ports, state);
  const reports = await Promise.all(wrong.map(({ report }) => readReport(ports, report)));
  const suggestions = suggestThresholds(policy, reports);
  const lines = await policyLines(ports.store, state.policy.digest);
  return { suggestions, told: suggestions.flatMap((one) => tellSuggestion(one, policy, lines)) };
}

/** As the lines to take out and to put in, with the place. */
export function tellSuggestion({ policyPath, old, new: raised, subjects }: Suggestion, policy: Policy, lines: PolicyLines): string[] {
  const { key, line } = writeThreshold(policy, policyPath, raised);
  const place = lines[policyPath];
  return [
    `Suggested, not applied: at this none of the false alarms about ${sayNames(subjects)} would have been one. Real moves up to it would be missed too${key.startsWith('watch.') ? ', in every column' : ''}.`,
    `${place === undefined ? 'not written, the default' : `${place.file}:${place.line}`}  ${key}`,
    `- ${writeThreshold(policy, policyPath, old).line}`,
    `+ ${line}`,
  ];
}
