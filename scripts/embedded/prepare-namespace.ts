import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { TemporalConfiguration } from '../../worker/configuration.ts';
import { readTemporal } from '../../worker/temporal-readiness.ts';
import { leastRetentionDays, requiredAttributes } from '../../worker/temporal-requirements.ts';
import { StackFailure } from './stack-failure.ts';

const retentionDays = 90;
const keyword = 2;
const [notFound, alreadyExists] = [5, 6];

/**
 * Gives the embedded server its namespace, with a retention that outlives a retraining, and the search attributes. Safe to repeat;
 * never called for a server of one's own, where `anchorwatch doctor` prints the commands instead.
 */
export async function prepareNamespace(temporal: TemporalConfiguration): Promise<void> {
  const connection = await Connection.connect({ address: temporal.address });
  const { namespace } = temporal;
  const workflowExecutionRetentionPeriod = { seconds: retentionDays * 86_400 } as never;
  try {
    await unless(alreadyExists, () => connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod }));
    for (let attempt = 0; attempt < 100; attempt++) {
      const found = await readTemporal(connection, namespace);
      const missing = requiredAttributes.filter((name) => !found?.attributes.has(name));
      if (found && found.retentionDays >= leastRetentionDays && missing.length === 0) return;
      if (found && found.retentionDays < leastRetentionDays) {
        await connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: workflowExecutionRetentionPeriod },
        });
      }
      if (missing.length > 0) {
        const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]));
        await unless(alreadyExists, () =>
          unless(notFound, () => connection.operatorService.addSearchAttributes({ namespace, searchAttributes })),
        );
      }
      await sleep(100);
    }
    throw new StackFailure(
      `Namespace ${namespace} of the embedded Temporal server did not become ready within 10 s. Run: anchorwatch doctor`,
    );
  } finally {
    await connection.close();
  }
}

async function unless(code: number, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (fault) {
    if ((fault as { code?: number }).code !== code) throw fault;
  }
}
