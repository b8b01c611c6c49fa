import type { IncomingMessage } from 'node:http';
import { isModelName, type ModelName } from '../domain/identity/names.ts';
import { type AdminParts, readCounters, readHealth, readTable, replaceTable, seal } from './administer.ts';
import { type Answer, readBody, refuse } from './answer.ts';
import { withoutTable } from './counters.ts';
import type { Forwarder } from './forward.ts';
import { predict } from './predict.ts';
import { reportOutcomes } from './report-outcomes.ts';

export interface GatewayParts extends AdminParts {
  readonly forwarder: Forwarder;
}

const nowhere = refuse(
  404,
  'No such address. There is POST /models/<model>/predict, POST /models/<model>/outcomes, GET /healthz and /admin.',
);

const far = refuse(403, 'This gateway is administered from its own machine only.');

/** Finds out what a request wants, and from whom it comes. */
export async function routeRequest(request: IncomingMessage, parts: GatewayParts): Promise<Answer> {
  const [, area, ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (area === 'models' && rest.length === 2) return await dataPath(request, rest[0] as string, rest[1] as string, parts);
  if (area === 'healthz') return { status: 200, body: { status: 'ok' } };
  if (area !== 'admin') return nowhere;
  return isNear(request) ? await adminPath(request, rest, parts) : far;
}

async function dataPath(request: IncomingMessage, model: string, act: string, parts: GatewayParts): Promise<Answer> {
  if (request.method !== 'POST' || (act !== 'predict' && act !== 'outcomes')) return nowhere;
  const body = await readBody(request);
  const [table, log] = [parts.tables.get(model), parts.logs.get(model)];
  if (table === undefined || log === undefined) {
    if (act === 'predict') parts.counters.countRequest(withoutTable, 'none', 503);
    return refuse(503, `No routing table for ${model}: nobody has put a version into service here yet.`);
  }
  if (!body.ok) {
    parts.counters.countMalformed(model, act === 'predict' ? body.kind : `outcome-${body.kind}`);
    return body.answer;
  }
  if (act === 'outcomes') return reportOutcomes(table, body.value, { ...parts, log });
  return await predict(table, body.value, { ...parts, log });
}

async function adminPath(request: IncomingMessage, path: readonly string[], parts: GatewayParts): Promise<Answer> {
  const wish = `${request.method} ${path.length === 3 ? `models/…/${path[2]}` : path.join('/')}`;
  if (wish === 'GET health') return readHealth(parts);
  if (wish === 'GET counters') return readCounters(parts);
  const [, model] = path;
  if (model === undefined || !isModelName(model)) return nowhere;
  if (wish === 'GET models/…/table') return readTable(model, parts);
  if (wish === 'PUT models/…/table') return await withBody(request, model, parts, replaceTable);
  if (wish === 'POST models/…/seal') return await withBody(request, model, parts, seal);
  return nowhere;
}

async function withBody(
  request: IncomingMessage,
  model: ModelName,
  parts: GatewayParts,
  act: (model: ModelName, body: unknown, parts: AdminParts) => Promise<Answer>,
): Promise<Answer> {
  if (!request.headers['content-type']?.startsWith('application/json')) return refuse(415, 'Send content-type: application/json.');
  const body = await readBody(request);
  return body.ok ? await act(model, body.value, parts) : body.answer;
}

function isNear(request: IncomingMessage): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}
