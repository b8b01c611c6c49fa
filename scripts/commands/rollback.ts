import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { DecisionId, ModelName } from '../../domain/identity/names.ts';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { RollBackReport } from '../../domain/rollout/rollout.ts';
import { loadConfiguration } from '../../worker/configuration.ts';
import { openPorts } from '../../worker/ports.ts';
import { rollBack } from '../../workflows/roll-back.ts';
import { give, modelTime, readStatus } from '../models/entity.ts';
import { offlineRollBack } from '../models/offline-rollback.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, type Session, whoAmI } from '../models/session.ts';

const beginsWithinSeconds = 60;

interface Options {
  readonly json?: true;
  readonly reason: string;
  readonly offline?: true;
}

export function rollbackCommand(): Command {
  return answering(
    'rollback',
    'Take the newest version out of traffic: the candidate of a rollout, else the champion in favour of the version before it.',
    'anchorwatch rollback bike-demand --reason "complaints from the north"',
  )
    .argument('<model>')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--offline', 'without Temporal: at the gateway alone; taken over when Temporal is back')
    .action(async (name: string, options: Options) => {
      const model = readModelName(name);
      const report = options.offline
        ? { says: await offline(model, options.reason) }
        : await inSession((session) => online(session, model, options.reason));
      print(options, { model, ...report }, report.says);
    });
}

async function offline(model: ModelName, reason: string): Promise<string> {
  const configuration = loadConfiguration({ cwd: process.cwd(), env: process.env });
  const ports = await openPorts(configuration, process.env, (says) => console.error(says));
  return offlineRollBack(ports, model, { who: whoAmI(), reason });
}

/** Through the entity where there is one; a rollback needs none. */
async function online(session: Session, model: ModelName, reason: string): Promise<RollBackReport> {
  const { client, place } = session;
  const who = whoAmI();
  const workflowId = childId(place.installation, 'rollback', model);
  const maintained = await readStatus(session, model);
  const asOf = maintained === undefined ? new Date().toISOString() : await modelTime(session, model);
  const decision = `${asOf}-${randomBytes(6).toString('hex')}` as DecisionId;
  if (maintained !== undefined) {
    await give(session, model, { kind: 'rollback-requested', decision, who, reason, asOf: asOf as never });
    return waitFor(session, workflowId, decision);
  }
  const table = await session.ports.router.read(model);
  const { previous } = table?.arms.some(({ arm }) => arm === 'candidate') ? {} : await session.ports.registry.aliases(model);
  return client.workflow.execute(rollBack, {
    workflowId,
    taskQueue: taskQueue(place.installation, 'contain'),
    args: [{ decision, model, because: reason, by: who, ...(previous === undefined ? {} : { to: previous }) }, place],
    memo: { decision },
  });
}

async function waitFor(session: Session, workflowId: string, decision: DecisionId): Promise<RollBackReport> {
  const handle = session.client.workflow.getHandle<typeof rollBack>(workflowId);
  const deadline = performance.now() + beginsWithinSeconds * 1000;
  while (performance.now() < deadline) {
    const found = await handle.describe().catch(() => undefined);
    if (found?.memo?.decision === decision) return handle.result();
    await sleep(200);
  }
  throw new Error(
    `The rollback is recorded, and has not begun within ${beginsWithinSeconds} s. It begins when a worker is there: anchorwatch doctor. Without one: add --offline.`,
  );
}
