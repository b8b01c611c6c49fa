import { appendFileSync } from 'node:fs';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import type { LedgerDependencies } from '../../activities/ledger/model-ledger.ts';
import { ledgerIn } from '../activities/open-ledger.ts';

/** A process that counts for a queue until SIGTERM, and writes down which segments it read. */
export interface CountingPlace {
  readonly address: string;
  readonly queue: string;
  readonly stateRoot: string;
  /** One line for each count: the process, then the segment. */
  readonly tally: string;
}

const place = JSON.parse(process.argv[2] ?? 'null') as CountingPlace | null;
if (place !== null && process.argv[1]?.endsWith('counting-worker.ts')) {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGTERM'] });
  const ledger = ledgerIn(place.stateRoot);
  const deps: LedgerDependencies = {
    ...ledger,
    counting: {
      sample: (order) => ledger.counting.sample(order),
      worst: (order) => ledger.counting.worst(order),
      fault: (rows) => ledger.counting.fault(rows),
      days: (rows) => ledger.counting.days(rows),
      count: (order) => {
        appendFileSync(place.tally, `${process.pid} ${order.segment.id}\n`);
        return ledger.counting.count(order);
      },
    },
  };
  const connection = await NativeConnection.connect({ address: place.address });
  const worker = await Worker.create({
    connection,
    taskQueue: place.queue,
    activities: { ...createCountingActivities(deps), ...createBaseliningActivities(deps), ...createAssessingActivities(deps) },
    maxConcurrentActivityTaskExecutions: 2,
  });
  const running = worker.run();
  process.stdout.write('ready\n');
  await running;
  await connection.close();
}
