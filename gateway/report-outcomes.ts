import { readOutcomes } from '../domain/traffic/outcome-request.ts';
import type { OutcomeRecord } from '../domain/traffic/record.ts';
import type { RoutingTable } from '../domain/traffic/routing-table.ts';
import { type Answer, refuse } from './answer.ts';
import type { Counters } from './counters.ts';
import { timeOf } from './event-clock.ts';
import type { RecordLog } from './record-log.ts';

/** Takes true labels, one or many, into the log: 202 for all of them or 400 for none. */
export function reportOutcomes(table: RoutingTable, body: unknown, { counters, log }: { counters: Counters; log: RecordLog }): Answer {
  const reported = readOutcomes(body);
  if (!reported.ok) return refuseOutcomes(table, reported, counters);
  const records: OutcomeRecord[] = [];
  for (const { id, label, time } of reported.value) {
    const known = timeOf(table, time, counters);
    if (!known.ok) return refuseOutcomes(table, known, counters);
    records.push({ id, model: table.model, time: known.value, label });
  }
  for (const record of records) log.add('outcomes', record);
  counters.count(table.model, 'outcomes', records.length);
  return { status: 202, body: { accepted: records.length } };
}

function refuseOutcomes(table: RoutingTable, { kind, problem }: { kind: string; problem: string }, counters: Counters): Answer {
  counters.countMalformed(table.model, `outcome-${kind}`);
  return refuse(400, `The outcomes were not understood: ${problem}.`);
}
