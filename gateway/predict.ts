import { randomUUID } from 'node:crypto';
import type { EventTime } from '../domain/identity/event-time.ts';
import { candidateShare, championOf, chooseArm } from '../domain/traffic/choose-arm.ts';
import type { PredictionRequest } from '../domain/traffic/prediction-request.ts';
import { readPredictionRequest } from '../domain/traffic/prediction-request.ts';
import type { PredictionRecord } from '../domain/traffic/record.ts';
import type { Arm, RoutingTable } from '../domain/traffic/routing-table.ts';
import { splitSalt } from '../domain/traffic/split-salt.ts';
import { type Answer, refuse } from './answer.ts';
import type { Counters } from './counters.ts';
import { timeOf } from './event-clock.ts';
import type { Attempt, Forwarder } from './forward.ts';
import { positionOf } from './position.ts';
import type { RecordLog } from './record-log.ts';

interface Parts {
  readonly counters: Counters;
  readonly forwarder: Forwarder;
  readonly log: RecordLog;
}

/**
 * One prediction: assign the unit, ask its arm, record the attempt, answer. When the candidate fails, the champion answers in its
 * place and the record keeps the candidate's failure: callers are served, and the evidence is not softened.
 */
export async function predict(table: RoutingTable, body: unknown, parts: Parts): Promise<Answer> {
  const request = readPredictionRequest(body);
  const time = request.ok ? timeOf(table, request.value.time, parts.counters) : request;
  if (!request.ok || !time.ok) {
    const { kind, problem } = request.ok ? (time as { kind: string; problem: string }) : request;
    parts.counters.countMalformed(table.model, kind);
    return refuse(400, `The request was not understood: ${problem}.`);
  }
  return await serve(table, request.value, time.value, parts);
}

async function serve(table: RoutingTable, request: PredictionRequest, time: EventTime, parts: Parts): Promise<Answer> {
  const id = request.id ?? randomUUID();
  const unit = request.unit ?? unitIn(table, request) ?? id;
  const arm = chooseArm(table, positionOf(splitSalt(table), unit));
  const attempt = await parts.forwarder.ask(arm, request.features);
  const served = attempt.status !== 200 && arm.arm === 'candidate' ? await rescue(table, request, parts) : { arm, attempt };

  parts.counters.countRequest(table.model, arm.arm, attempt.status);
  parts.log.add('predictions', recordOf(table, { ...request, id, unit, time }, arm, attempt, served));
  return answerOf(id, served);
}

interface Served {
  readonly arm: Arm;
  readonly attempt: Attempt;
}

async function rescue(table: RoutingTable, request: PredictionRequest, parts: Parts): Promise<Served> {
  const arm = championOf(table);
  return { arm, attempt: await parts.forwarder.ask(arm, request.features) };
}

function unitIn(table: RoutingTable, request: PredictionRequest): string | undefined {
  const value = table.unit === undefined ? undefined : request.features[table.unit];
  return value === undefined || value === null ? undefined : String(value);
}

function recordOf(
  table: RoutingTable,
  request: PredictionRequest & { readonly id: string; readonly unit: string; readonly time: EventTime },
  arm: Arm,
  attempt: Attempt,
  served: Served,
): PredictionRecord {
  return {
    id: request.id,
    model: table.model,
    time: request.time,
    unit: request.unit,
    arm: arm.arm,
    version: arm.version,
    epoch: table.epoch,
    candidateShare: candidateShare(table),
    status: attempt.status,
    ...(attempt.status !== 200 && { error: attempt.error }),
    ...(served.arm !== arm && served.attempt.status === 200 && { servedBy: 'champion' as const }),
    latencyMilliseconds: attempt.milliseconds,
    features: request.features,
    ...(served.attempt.status === 200 && { prediction: served.attempt.prediction }),
  };
}

function answerOf(id: string, { arm, attempt }: Served): Answer {
  const { version, arm: name } = arm;
  if (attempt.status !== 200)
    return { status: attempt.status, body: { id, version, arm: name, error: `No prediction: ${attempt.error}.` } };
  return { status: 200, body: { id, version, arm: name, prediction: attempt.prediction } };
}
