import type { ModelName } from '../domain/identity/names.ts';
import { readInstant } from '../domain/traffic/instant.ts';
import { readRoutingTable } from '../domain/traffic/read-routing-table.ts';
import { isRecord } from '../domain/traffic/reading.ts';
import { type Answer, refuse } from './answer.ts';
import type { Counters } from './counters.ts';
import { wallTime } from './event-clock.ts';
import type { RecordLogs } from './record-logs.ts';
import type { RoutingTables } from './routing-tables.ts';

export interface AdminParts {
  readonly tables: RoutingTables;
  readonly logs: RecordLogs;
  readonly counters: Counters;
}

/** The name of the folder that holds the tables, beside those of the models. */
const taken = 'routes';

export function readTable(model: ModelName, { tables }: AdminParts): Answer {
  const table = tables.get(model);
  return table === undefined ? refuse(404, `There is no routing table for ${model}.`) : { status: 200, body: table };
}

/** `{"table", "expectedEpoch"}`: 200 written, 409 stale or held with the table in force, 400 when the table cannot be one. */
export async function replaceTable(model: ModelName, body: unknown, { tables, logs }: AdminParts): Promise<Answer> {
  if (!isRecord(body) || !Number.isInteger(body.expectedEpoch)) return refuse(400, 'Send {"table": {…}, "expectedEpoch": 0, 1, 2, …}.');
  const table = readRoutingTable(body.table);
  if (!table.ok) return refuse(400, `The table was not written: ${table.problem}.`);
  if (table.value.model !== model) return refuse(400, `The table was not written: it is for ${table.value.model}, sent to ${model}.`);
  if (model === taken) return refuse(400, `A model behind the gateway cannot be called ${taken}. Choose another name.`);
  await logs.open(model);
  const outcome = await tables.replace(table.value, body.expectedEpoch as number);
  return { status: outcome === 'written' ? 200 : 409, body: { outcome, table: tables.get(model) } };
}

/** `{"asOf"?}`: seals what is open. `asOf` is honoured where the table is a replay's; else the wall clock is. */
export async function seal(model: ModelName, body: unknown, { tables, logs }: AdminParts): Promise<Answer> {
  const [table, log] = [tables.get(model), logs.get(model)];
  if (table === undefined || log === undefined) return refuse(404, `There is no routing table for ${model}.`);
  const given = isRecord(body) ? body.asOf : undefined;
  const asOf = readInstant(given);
  if (given !== undefined && asOf === undefined) return refuse(400, '"asOf" is not an ISO 8601 instant with a zone.');
  return { status: 200, body: await log.seal(table.replay ? asOf : wallTime()) };
}

export function readHealth({ tables }: AdminParts): Answer {
  const models = tables.models().map((model) => {
    const table = tables.get(model);
    return [model, { epoch: table?.epoch, replay: table?.replay, held: table?.hold !== undefined }];
  });
  return { status: 200, body: { status: 'ok', models: Object.fromEntries(models) } };
}

export function readCounters({ counters }: AdminParts): Answer {
  return { status: 200, body: counters.read() };
}
