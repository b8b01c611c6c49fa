import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Version } from '../../domain/identity/names.ts';
import { breaksHold } from '../../domain/traffic/breaks-hold.ts';
import { candidateShare, chooseArm } from '../../domain/traffic/choose-arm.ts';
import { readOutcomes } from '../../domain/traffic/outcome-request.ts';
import { readPredictionRequest } from '../../domain/traffic/prediction-request.ts';
import { readRoutingTable } from '../../domain/traffic/read-routing-table.ts';
import { readSegmentName, segmentName } from '../../domain/traffic/segment-name.ts';
import { splitSalt } from '../../domain/traffic/split-salt.ts';
import { positionOf } from '../../gateway/position.ts';
import { tableWith } from '../gateway/table.ts';

const urls = { champion: 'http://one', candidate: 'http://two' };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const hold = { by: 'olga', reason: 'errors' };

it('a unit on the candidate stays there while the share rises', () => {
  fc.assert(
    fc.property(share, share, position, (a, b, where) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      fc.pre(chooseArm(tableWith(low, urls), where).arm === 'candidate');
      expect(chooseArm(tableWith(high, urls), where).arm).toBe('candidate');
    }),
  );
});

it('positions lie in [0, 1) and another salt draws another group', () => {
  const units = Array.from({ length: 2_000 }, (_, unit) => `unit-${unit}`);
  const low = (salt: string) => new Set(units.filter((unit) => positionOf(salt, unit) < 0.5));
  expect(units.every((unit) => positionOf('a', unit) >= 0 && positionOf('a', unit) < 1)).toBe(true);
  const [first, second] = [low('a'), low('b')];
  const both = units.filter((unit) => first.has(unit) && second.has(unit)).length;
  expect(Math.abs(both - 500)).toBeLessThan(3.5 * Math.sqrt(2_000 * 0.25 * 0.75));
});

it('a split is drawn anew for another candidate and another time, and stays for another share or other evidence', () => {
  const hex = fc.constantFrom('0123456789ab', 'ba9876543210', '000000000000');
  const some = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(some, some, hex, hex, (a, b, one, other) => {
      const salt = (candidate: number, rollout: string) => splitSalt(tableWith(candidate, urls, { rollout: rollout as DecisionId }));
      const asOf = '2011-05-09T03:00:00.000Z';
      expect(salt(b, `${asOf}-${other}`)).toBe(salt(a, `${asOf}-${one}`));
      expect(salt(a, `2011-05-16T03:00:00.000Z-${one}`)).not.toBe(salt(a, `${asOf}-${one}`));
      const table = tableWith(a, urls);
      const arms = table.arms.map((arm) => (arm.arm === 'candidate' ? { ...arm, version: '9' as Version } : arm));
      expect(splitSalt({ ...table, arms })).not.toBe(splitSalt(table));
    }),
  );
});

it('every table with shares that add up is accepted, and no other', () => {
  fc.assert(
    fc.property(share, fc.double({ min: 1e-6, max: 1, noNaN: true }), (candidate, excess) => {
      const table = tableWith(candidate, urls);
      expect(readRoutingTable(table)).toEqual({ ok: true, value: table });
      const arms = table.arms.map((arm) => (arm.arm === 'champion' ? { ...arm, share: arm.share + excess } : arm));
      expect(readRoutingTable({ ...table, arms }).ok).toBe(false);
    }),
  );
});

it('a hold lets the stopped rollout lower its share and keep the hold, and nothing else', () => {
  fc.assert(
    fc.property(share, share, fc.boolean(), (now, next, keeps) => {
      const [current, wanted] = [tableWith(now, urls, { hold }), tableWith(next, urls, keeps ? { hold } : {})];
      expect(breaksHold(current, wanted)).toBe(!keeps || candidateShare(wanted) > candidateShare(current));
    }),
  );
});

it('names of segments read back, and sort by time, then by sequence', () => {
  const sealing = fc.tuple(fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), fc.nat(999_999));
  fc.assert(
    fc.property(sealing, sealing, ([a, m], [b, n]) => {
      const [first, second] = [segmentName(eventTime(a), m), segmentName(eventTime(b), n)];
      expect(readSegmentName(first)).toEqual({ knownAt: eventTime(a), sequence: m });
      expect(first < second).toBe(a.getTime() !== b.getTime() ? a.getTime() < b.getTime() : m < n);
    }),
  );
});

it('whatever JSON is sent, reading it answers and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      for (const read of [readPredictionRequest, readOutcomes, readRoutingTable]) expect(typeof read(body).ok).toBe('boolean');
    }),
  );
});
