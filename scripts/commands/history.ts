import type { Command } from 'commander';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { tellAction } from '../../domain/decision/tell-decision.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { type Alarm, sayAnswer } from '../../domain/lifecycle/alarm.ts';
import { falseAlarmRate } from '../../domain/lifecycle/false-alarm-rate.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import type { Ports } from '../../worker/ports.ts';
import { policyInForce } from '../models/alarms.ts';
import { readAudit } from '../models/audit.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName } from '../models/session.ts';
import { lastSnapshot } from '../models/snapshots.ts';

export function historyCommand(): Command {
  return answering(
    'history',
    'Everything that happened to a model: its audit chain, checked link by link, and what became of its alarms.',
    'anchorwatch history bike-demand',
  )
    .argument('<model>')
    .action(async (name: string, options: { json?: true }) => {
      const model = readModelName(name);
      const records: AuditRecord[] = [];
      const lines: string[] = [];
      const { rate, alarms, told } = await inSession(async ({ ports }) => {
        const about = await alarmsOf(ports, model);
        for await (const record of readAudit(ports, model)) {
          records.push(record);
          lines.push(await tell(record, ports, about.alarms));
        }
        return about;
      });
      print(
        options,
        { model, records, alarms, falseAlarms: rate },
        records.length === 0
          ? `Nothing is recorded of ${model}.`
          : [...lines, `${records.length} records, chain unbroken.`, ...told].join('\n'),
      );
    });
}

/** As the model's last snapshot knows them, so that they are told of a retired one too. */
async function alarmsOf(ports: Ports, model: ModelName) {
  const state = await lastSnapshot(ports, model);
  if (state?.checks === undefined) return { alarms: [], told: [] };
  const { watch } = await policyInForce(ports, state);
  return { alarms: state.alarms ?? [], told: tellAlarms(state, watch), rate: falseAlarmRate(state, watch) };
}

async function tell({ seq, asOf, what, says, evidence }: AuditRecord, { artefacts }: Ports, alarms: readonly Alarm[]): Promise<string> {
  const decision = what === 'decision' && evidence !== undefined ? await artefacts.read<Decision>('decision', evidence) : undefined;
  const action = decision === undefined ? '' : `${tellAction(decision.action)}: `;
  const head = `${String(seq).padStart(4)}  ${(asOf ?? '').slice(0, 10).padEnd(10)}  ${what.padEnd(21)}  `;
  return `${head}${action}${says}${tellAlarm(decision?.inputs.reports.at(-1), alarms)}`.replaceAll('\n', `\n${' '.repeat(head.length)}`);
}

/** Which alarm a decision was made on, and what people said of it. */
function tellAlarm(report: Digest | undefined, alarms: readonly Alarm[]): string {
  const alarm = alarms.find((one) => one.report === report);
  if (alarm === undefined) return '';
  return `\nalarm ${alarm.report.slice(0, 12)}: ${alarm.answer === undefined ? 'not acknowledged' : sayAnswer(alarm.answer)}`;
}
