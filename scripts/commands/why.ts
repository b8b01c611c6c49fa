import type { Command } from 'commander';
import { createDecidingActivities } from '../../activities/deciding.ts';
import { policyLines } from '../../activities/ledger/policy-lines.ts';
import { auditKey } from '../../activities/recording.ts';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { tellDecision } from '../../domain/decision/tell-decision.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { readAudit } from '../models/audit.ts';
import { requireStatus } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, type Session } from '../models/session.ts';
import { lastSnapshot } from '../models/snapshots.ts';
import { suggested } from '../models/suggestions.ts';

export function whyCommand(): Command {
  return answering(
    'why',
    'Why was this decided, or nothing done? Every reason with numbers and policy lines, computed again. Exit code 100: it comes out otherwise now.',
    'anchorwatch why bike-demand',
  )
    .argument('<model>')
    .argument('[decision]', 'its id, or how it begins; without one: the last')
    .action(async (name: string, begins: string | undefined, options: { json?: true }) => {
      const model = readModelName(name);
      await inSession(async (session) => {
        const digest = begins === undefined ? await lastDecision(session, model) : await findDecision(session, model, begins);
        const decision = await session.ports.artefacts.read<Decision>('decision', digest);
        if (decision === undefined) throw new Error(`Decision ${digest} is not in the store.`);
        const recomputed = await createDecidingActivities({ artefacts: session.ports.artefacts }).recompute(digest);
        const lines = await policyLines(session.ports.store, decision.inputs.policy);
        const state = await lastSnapshot(session.ports, model);
        const { suggestions, told } = state === undefined ? { suggestions: [], told: [] } : await suggested(session.ports, state);
        print(options, { decision, recomputed, suggestions }, [tellDecision(decision, { lines, recomputed }), ...told].join('\n'));
        process.exitCode = recomputed === 'same' ? 0 : 100;
      });
    });
}

async function lastDecision(session: Session, model: ModelName): Promise<Digest> {
  const { state } = await requireStatus(session, model);
  if (state.lastDecision !== undefined) return state.lastDecision.digest;
  throw new Error(`Nothing was decided about ${model} yet. ${auditKey(model, 0)} would be its first record.`);
}

async function findDecision(session: Session, model: ModelName, begins: string): Promise<Digest> {
  const found: AuditRecord[] = [];
  for await (const record of readAudit(session.ports, model))
    if (record.what === 'decision' && record.key.startsWith(begins)) found.push(record);
  const evidence = found.at(-1)?.evidence;
  if (evidence !== undefined) return evidence;
  throw new Error(`No decision of ${model} begins with "${begins}". All of them: anchorwatch history ${model}`);
}
