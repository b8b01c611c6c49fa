import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EventTime } from '../../domain/identity/event-time.ts';
import { openGateway, post, sealedRecords } from './harness.ts';
import { model, tableWith } from './table.ts';

const features = { hr: 8, temp: 0.3, weather: 'clear', holiday: false, wind: null };
const asOf = '2011-04-18T00:00:00.000Z' as EventTime;

it('given no table, when a prediction is asked for, then it is 503 with a reason and counted', async () => {
  const { predict, admin } = await openGateway();
  const answer = await predict({ features });
  expect(answer).toEqual({ status: 503, body: { error: expect.stringContaining('No routing table for bike') } });
  expect((await admin.counters())['(no table)']?.requests).toEqual({ none: { 503: 1 } });
});

it('given a champion, when a prediction is asked for, then it answers and the record says everything', async () => {
  const { predict, router, admin, stateRoot, urls } = await openGateway();
  await router.replace(tableWith(0, urls), 0);
  const answer = await predict({ id: 'a', features });
  expect(answer).toEqual({ status: 200, body: { id: 'a', version: '1', arm: 'champion', prediction: 1 } });
  const { sealed } = await admin.seal(model);
  expect(sealed).toHaveLength(1);
  expect(await sealedRecords(stateRoot, 'predictions')).toEqual([
    {
      id: 'a',
      model,
      time: expect.stringMatching(/Z$/),
      unit: 'a',
      arm: 'champion',
      version: '1',
      epoch: 1,
      candidateShare: 0,
      status: 200,
      latencyMilliseconds: expect.any(Number),
      features,
      prediction: 1,
    },
  ]);
});

it.each([0.05, 0.2])('given a candidate share of %d, when 2,000 units ask, then its share is delivered', async (share) => {
  const { predict, router, urls } = await openGateway();
  await router.replace(tableWith(share, urls), 0);
  const units = Array.from({ length: 2_000 }, (_, unit) => `unit-${unit}`);
  let candidates = 0;
  for (let start = 0; start < units.length; start += 50) {
    const answers = await Promise.all(units.slice(start, start + 50).map((unit) => predict({ unit, features })));
    candidates += answers.filter(({ body }) => body.arm === 'candidate').length;
  }
  const spread = Math.sqrt(units.length * share * (1 - share));
  expect(Math.abs(candidates - units.length * share)).toBeLessThan(3.5 * spread);
});

it('given the share is raised, when units come again, then nobody moves back', async () => {
  const { predict, router, urls } = await openGateway();
  const units = Array.from({ length: 200 }, (_, unit) => `unit-${unit}`);
  const onCandidate = async () => {
    const answers = await Promise.all(units.map((unit) => predict({ unit, features })));
    return units.filter((_, index) => answers[index]?.body.arm === 'candidate');
  };
  await router.replace(tableWith(0.2, urls), 0);
  const before = await onCandidate();
  expect(await onCandidate()).toEqual(before);
  await router.replace(tableWith(0.5, urls, { epoch: 2 }), 1);
  const after = await onCandidate();
  expect(before.length).toBeGreaterThan(0);
  expect(after.length).toBeGreaterThan(before.length);
  expect(after).toEqual(expect.arrayContaining(before));
});

it('given the table names the feature that is the unit, when a caller names none, then its value is the unit', async () => {
  const { predict, router, admin, stateRoot, urls } = await openGateway();
  await router.replace(tableWith(0, urls, { unit: 'hr' }), 0);
  await predict({ id: 'a', features });
  await admin.seal(model);
  expect(await sealedRecords(stateRoot, 'predictions')).toMatchObject([{ id: 'a', unit: '8' }]);
});

it.each([
  ['with-400', 502, /answered 400/],
  ['without-prediction', 502, /without a single finite prediction/],
  ['never', 504, /took longer than 300 ms/],
] as const)(
  'given the candidate answers %s, when its unit asks, then the champion serves and the record keeps %d',
  async (manner, status, error) => {
    const { predict, router, admin, stateRoot, candidate, urls } = await openGateway({ upstreamTimeoutMilliseconds: 300 });
    candidate.behave(manner);
    await router.replace(tableWith(1, urls), 0);
    expect(await predict({ id: 'a', features })).toEqual({ status: 200, body: { id: 'a', version: '1', arm: 'champion', prediction: 1 } });
    await admin.seal(model);
    expect(await sealedRecords(stateRoot, 'predictions')).toMatchObject([
      { arm: 'candidate', version: '2', status, error: expect.stringMatching(error), servedBy: 'champion', prediction: 1 },
    ]);
    expect((await admin.counters())[model]?.requests).toEqual({ candidate: { [status]: 1 } });
  },
);

it('given a model that answers prediction and score, when it is asked, then the prediction is served', async () => {
  const { predict, router, champion, urls } = await openGateway();
  champion.behave(() => ({ prediction: 'stays', score: 0.2 }));
  await router.replace(tableWith(0, urls), 0);
  expect((await predict({ features })).body).toMatchObject({ prediction: 'stays' });
});

it.each([
  ['with-400', 502, /champion \(version 1\) answered 400/],
  ['never', 504, /champion \(version 1\) took longer/],
] as const)('given the champion answers %s, when a prediction is asked for, then it is %d with a reason', async (manner, status, error) => {
  const { predict, router, champion, urls } = await openGateway({ upstreamTimeoutMilliseconds: 300 });
  champion.behave(manner);
  await router.replace(tableWith(0, urls), 0);
  const answer = await predict({ features });
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(error) } });
});

it('given the endpoint is down, when a prediction is asked for, then it is 502 and names the cause', async () => {
  const { predict, router, urls } = await openGateway();
  await router.replace(tableWith(0, { ...urls, champion: 'http://127.0.0.1:9/invocations' }), 0);
  expect(await predict({ features })).toMatchObject({ status: 502, body: { error: expect.stringMatching(/was not reached/) } });
});

it.each([
  ['{', 'not-json'],
  ['[]', 'not-an-object'],
  [{ features: {} }, 'features'],
  [{ features: { a: [1] } }, 'features'],
  [{ features, id: 7 }, 'id'],
  [{ features, time: '2011-04-18 00:00' }, 'time'],
  [{ features, feature: 1 }, 'unknown-key'],
] as const)('given the body %j, when it is sent, then it is 400 and counted as %s', async (body, kind) => {
  const { predict, router, admin, urls } = await openGateway();
  await router.replace(tableWith(0, urls), 0);
  expect((await predict(body)).status).toBe(400);
  expect((await admin.counters())[model]?.malformed).toEqual({ [kind]: 1 });
});

it('given a replay, when times are given, then records and segments carry them', async () => {
  const { predict, report, router, admin, stateRoot, urls } = await openGateway();
  await router.replace(tableWith(0, urls, { replay: true }), 0);
  expect((await predict({ features })).status).toBe(400);
  await predict({ id: 'a', time: '2011-04-17T22:00:00+02:00', features });
  await report([{ id: 'a', label: 17, time: '2011-04-17T21:00:00Z' }]);
  expect(await admin.seal(model, asOf)).toEqual({
    sealed: ['predictions/20110418T000000000Z-000001.ndjson', 'outcomes/20110418T000000000Z-000002.ndjson'],
    watermark: asOf,
  });
  expect(await sealedRecords(stateRoot, 'predictions')).toMatchObject([{ time: '2011-04-17T20:00:00.000Z' }]);
  expect(await sealedRecords(stateRoot, 'outcomes')).toEqual([{ id: 'a', model, time: '2011-04-17T21:00:00.000Z', label: 17 }]);
});

it('given no replay, when a time is given, then the wall clock counts and the ignored time is counted', async () => {
  const { predict, router, admin, stateRoot, urls } = await openGateway();
  await router.replace(tableWith(0, urls), 0);
  const before = new Date().toISOString();
  await predict({ time: '2011-04-17T20:00:00Z', features });
  const { watermark } = await admin.seal(model, asOf);
  const [record] = await sealedRecords(stateRoot, 'predictions');
  expect([before, record?.time, watermark].toSorted()).toEqual([before, record?.time, watermark]);
  expect((await admin.counters())[model]?.timeIgnored).toBe(1);
});

it('given nothing was sent, when a replay is sealed, then no segment is made and the watermark moves on, never back', async () => {
  const { router, admin, stateRoot, urls } = await openGateway();
  await router.replace(tableWith(0, urls, { replay: true }), 0);
  expect(await admin.seal(model, asOf)).toEqual({ sealed: [], watermark: asOf });
  expect(await admin.seal(model, '2011-04-11T00:00:00.000Z' as EventTime)).toEqual({ sealed: [], watermark: asOf });
  expect(JSON.parse(await readFile(join(stateRoot, 'gateway', model, 'watermark.json'), 'utf8'))).toEqual({ asOf });
});

it('given one bad outcome among three, when they are sent, then none is taken and the fault is named and counted', async () => {
  const { report, router, admin, urls } = await openGateway();
  await router.replace(tableWith(0, urls), 0);
  const answer = await report([
    { id: 'a', label: 1 },
    { id: 'b', label: null },
    { id: 'c', label: 2 },
  ]);
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/outcome 1: "label"/) } });
  expect(await admin.counters()).toMatchObject({ [model]: { outcomes: 0, malformed: { 'outcome-label': 1 } } });
  expect(await report({ id: 'a', label: 1 })).toEqual({ status: 202, body: { accepted: 1 } });
});

it('given a gateway that was closed, when it opens again, then the table is in force and the sequence goes on', async () => {
  const first = await openGateway();
  await first.router.replace(tableWith(0, first.urls), 0);
  await first.predict({ id: 'a', features });
  await first.gateway.close();
  const second = await openGateway({ stateRoot: first.stateRoot });
  expect((await second.predict({ id: 'b', features })).status).toBe(200);
  expect((await second.admin.seal(model)).sealed).toEqual([expect.stringMatching(/^predictions\/.*-000002\.ndjson$/)]);
  expect((await sealedRecords(first.stateRoot, 'predictions')).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('given an unknown address, when it is called, then it is 404 and says what there is', async () => {
  const { gateway } = await openGateway();
  expect(await post(`${gateway.url}/predict`, {})).toMatchObject({
    status: 404,
    body: { error: expect.stringContaining('/models/<model>/predict') },
  });
});
