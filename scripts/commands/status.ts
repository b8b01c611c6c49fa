import type { Command } from 'commander';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import { tellBaseline } from '../../domain/baseline/tell-baseline.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { entityId } from '../../domain/identity/workflow-ids.ts';
import { falseAlarmRate } from '../../domain/lifecycle/false-alarm-rate.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import { awaited, tellState } from '../../domain/lifecycle/tell-state.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Report } from '../../domain/report/report.ts';
import type { EntityStatus } from '../../workflows/messages.ts';
import { policyInForce } from '../models/alarms.ts';
import { readStatus, requireStatus } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, type Session } from '../models/session.ts';

export function statusCommand(): Command {
  return answering('status', 'How a model stands, or all of them.', 'anchorwatch status bike-demand')
    .argument('[model]')
    .action(async (name: string | undefined, options: { json?: true }) => {
      await inSession(async (session) => {
        if (name === undefined) return printAll(options, await statuses(session));
        const status = await requireStatus(session, readModelName(name));
        const policy = await policyInForce(session.ports, status.state);
        const { watch } = policy;
        const stands = tellState(status.state).replaceAll('**', '').replaceAll('`', '');
        print(
          options,
          { ...status, falseAlarms: falseAlarmRate(status.state, watch) },
          [
            name,
            stands,
            ...(await baselineLine(session, status, policy)),
            ...(await reportLines(session, status)),
            ...tellAlarms(status.state, watch),
          ].join('\n'),
        );
      });
    });
}

async function baselineLine({ ports }: Session, { state }: EntityStatus, policy: Policy): Promise<string[]> {
  const baseline = state.baseline && (await ports.artefacts.read<Baseline>('baseline', state.baseline));
  return baseline ? [`- ${tellBaseline(baseline, policy)}`] : [];
}

/** Of the newest report: files it could not read, and what could be seen of earlier windows before their outcomes were known. */
async function reportLines({ ports }: Session, { state }: EntityStatus): Promise<string[]> {
  const newest = state.lastReports.at(-1);
  const report = newest && (await ports.artefacts.read<Report>('report', newest));
  return report ? [...(report.unread ?? []), ...(report.proxies ? [report.proxies] : [])].map(({ says }) => `- ${says}`) : [];
}

async function statuses(session: Session): Promise<EntityStatus[]> {
  const prefix = entityId(session.place.installation, '' as ModelName);
  const found: EntityStatus[] = [];
  for await (const { workflowId } of session.client.workflow.list({
    query: `WorkflowType = "maintainModel" AND ExecutionStatus = "Running"`,
  })) {
    if (!workflowId.startsWith(prefix)) continue;
    const status = await readStatus(session, workflowId.slice(prefix.length) as ModelName);
    if (status !== undefined) found.push(status);
  }
  return found;
}

function printAll(options: { json?: true }, found: readonly EntityStatus[]): void {
  const width = Math.max('MODEL'.length, ...found.map(({ state }) => state.model.length));
  const line = (...[model, mode, champion, state]: string[]) =>
    `${model?.padEnd(width)}  ${mode?.padEnd(6)}  ${champion?.padEnd(8)}  ${state}`;
  const lines = found.map(({ state }) => line(state.model, state.policy.mode, state.champion ?? '–', awaited(state)));
  const table = [line('MODEL', 'MODE', 'CHAMPION', 'STATE'), ...lines].join('\n');
  print(
    options,
    { models: found },
    found.length === 0 ? 'No model is maintained yet. Begin with: anchorwatch apply <anchorwatch.yaml>' : table,
  );
}
