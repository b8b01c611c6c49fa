import type { Command } from 'commander';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { tellAction } from '../../domain/decision/tell-decision.ts';
import type { Ports } from '../../worker/ports.ts';
import { readAudit } from '../models/audit.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName } from '../models/session.ts';

export function historyCommand(): Command {
  return answering(
    'history',
    'Everything that happened to a model: its audit chain, checked link by link.',
    'anchorwatch history bike-demand',
  )
    .argument('<model>')
    .action(async (name: string, options: { json?: true }) => {
      const model = readModelName(name);
      const records: AuditRecord[] = [];
      const lines: string[] = [];
      await inSession(async ({ ports }) => {
        for await (const record of readAudit(ports, model)) {
          records.push(record);
          lines.push(await tell(record, ports));
        }
      });
      print(
        options,
        { model, records },
        records.length === 0 ? `Nothing is recorded of ${model}.` : [...lines, `${records.length} records, chain unbroken.`].join('\n'),
      );
    });
}

async function tell({ seq, asOf, what, says, evidence }: AuditRecord, { artefacts }: Ports): Promise<string> {
  const decision = what === 'decision' && evidence !== undefined ? await artefacts.read<Decision>('decision', evidence) : undefined;
  const action = decision === undefined ? '' : `${tellAction(decision.action)}: `;
  const head = `${String(seq).padStart(4)}  ${(asOf ?? '').slice(0, 10).padEnd(10)}  ${what.padEnd(18)}  `;
  return `${head}${action}${says}`.replaceAll('\n', `\n${' '.repeat(head.length)}`);
}
