import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'heating' as ModelName;
const start = eventTime('2024-01-01');
const text = `model: heating
task: regression
sources: {predictions: {files: "made/*.csv", id: house, time: day, prediction: said}}
`;

/** Eight weeks of thirty houses a day: it grows warmer for four weeks, by a whole sigma, and stays so. */
async function writeDays(folder: string): Promise<void> {
  const random = seededRandom(5);
  await mkdir(join(folder, 'made'), { recursive: true });
  for (let day = 0; day < 56; day += 1) {
    const mean = Math.min(day, 28) / 16;
    const rows = Array.from({ length: 30 }, (_, house) => {
      const warmth = mean + (random() + random() + random() - 1.5) * 2;
      return `${day}-${house},${plusDays(start, day).slice(0, 10)},${warmth.toFixed(4)},${(random() * 10).toFixed(3)}`;
    });
    await writeFile(join(folder, 'made', `${day + 100}.csv`), ['house,day,warmth,said', ...rows].join('\n'));
  }
}

describe('given production that had a trend and is steady since', () => {
  let ledger: OpenLedger;
  let policy: AppliedPolicy;

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    const folder = join(ledger.stateRoot, 'files');
    await writeDays(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    policy = await ledger.apply(read.policy, folder);
  });
  afterAll(() => ledger.close());

  const take = (days: number, more: { anyway?: { who: string; reason: string }; since?: EventTime } = {}) =>
    createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, days), ...more });

  it('when only days of the trend are known, then they are refused, with the column, how far, and what may be done', async () => {
    const taken = await take(30);
    expect(taken).toMatchObject({ outcome: 'fail', refused: { from: start, to: plusDays(start, 28) } });
    expect(taken).not.toHaveProperty('baseline');
    expect(taken.says).toMatch(
      /^Refused as a baseline: 2024-01-01 to 2024-01-28 is not steady\. warmth has a trend, by [\d.]+ sigma .* anchorwatch baseline heating --anyway --reason/,
    );
  });

  it('when a person takes them all the same, then it is on record who, why, and what speaks against them', async () => {
    const taken = await take(30, { anyway: { who: 'ann', reason: 'spring is like that' } });
    expect(taken.outcome).toBe('pass');
    expect(taken.says).toContain('Taken by ann whether steady or not (spring is like that). warmth has a trend');
    const body = await ledger.artefacts.read<Baseline>('baseline', taken.baseline as Digest);
    expect(body).toMatchObject({ anyway: { who: 'ann', reason: 'spring is like that' }, stability: { outcome: 'fail' } });
  });

  it('when the steady days are long enough, then they are taken, and what was passed over is told', async () => {
    const taken = await take(57);
    expect(taken.outcome).toBe('pass');
    const body = await ledger.artefacts.read<Baseline>('baseline', taken.baseline as Digest);
    expect(body?.stability?.outcome).toBe('pass');
    expect((body as Baseline).window.from >= plusDays(start, 14)).toBe(true);
    expect(taken.says).toContain('Passed over: 2024-01-01 to 2024-01-28, not steady. warmth has a trend');
  });

  it('when a person names the day to begin with, then nothing before it is taken', async () => {
    const taken = await take(57, { since: plusDays(start, 28) });
    const body = await ledger.artefacts.read<Baseline>('baseline', taken.baseline as Digest);
    expect(body?.window).toEqual({ from: plusDays(start, 28), to: plusDays(start, 56) });
    expect(await take(57, { since: plusDays(start, 40) })).toMatchObject({ outcome: 'inconclusive' });
  });

  it('when it is held against rows of before, then a check tells when its own days are enough', async () => {
    const { baseline } = await take(30, { anyway: { who: 'ann', reason: 'to have one' } });
    const body = (await ledger.artefacts.read<Baseline>('baseline', baseline as Digest)) as Baseline;
    const window = { from: plusDays(start, -28), to: start };
    const heldOut = await ledger.artefacts.save({ ...body, from: 'held-out', window, takenAt: start } as Baseline);
    const check = (days: number) =>
      createAssessingActivities(ledger).assess({ model, policy, baseline: heldOut, asOf: plusDays(start, days) });
    expect(await check(27)).not.toHaveProperty('ownDaysSince');
    expect(await check(28)).toMatchObject({ ownDaysSince: start, says: [expect.anything(), expect.stringContaining('provisional')] });
  });

  it('when too few days are known, then that is no refusal', async () => {
    expect(await take(20)).toMatchObject({ outcome: 'inconclusive' });
  });
});
