import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../domain/report/report.ts';
import { nextAbove, suggestThresholds } from '../../domain/report/suggest-thresholds.ts';
import { policyWith, signal, worse } from '../decision/decision-material.ts';

const policy = policyWith();
const moved = (sigmas: number, ks: number, subject = 'temp'): Signal =>
  signal({
    subject,
    statistic: 'wassersteinInSigmas',
    outcome: 'fail',
    critical: true,
    value: sigmas,
    threshold: 0.2,
    statistics: { wassersteinInSigmas: sigmas, kolmogorovSmirnov: ks, psiDebiased: 9 },
    policyPath: '/watch/effects/wassersteinInSigmas',
  });
const alarms = (...reports: Signal[][]) =>
  suggestThresholds(
    policy,
    reports.map((signals) => ({ signals })),
  );

describe('given alarms that people called false', () => {
  it('when two were about one column, then the threshold is the smallest above both', () => {
    expect(alarms([moved(0.2512, 0.05)], [moved(0.241, 0.05)])).toEqual([
      { policyPath: '/watch/effects/wassersteinInSigmas', old: 0.2, new: 0.252, subjects: ['inputs/temp'] },
    ]);
  });

  it('when a second effect was over its threshold too, then both are raised, or it would alarm by the other', () => {
    expect(alarms([moved(0.25, 0.12)], [moved(0.25, 0.05)])).toMatchObject([
      { policyPath: '/watch/effects/wassersteinInSigmas', new: 0.251 },
      { policyPath: '/watch/effects/kolmogorovSmirnov', old: 0.1, new: 0.121 },
    ]);
  });

  it('when two columns were, then one threshold is raised for both; one alarm of a column asks for nothing', () => {
    const hum = moved(0.3, 0, 'hum');
    expect(alarms([moved(0.25, 0), hum], [moved(0.25, 0), hum])).toEqual([
      { policyPath: '/watch/effects/wassersteinInSigmas', old: 0.2, new: 0.301, subjects: ['inputs/temp', 'inputs/hum'] },
    ]);
    expect(alarms([moved(0.25, 0), hum], [moved(0.25, 0)])).toMatchObject([{ new: 0.251, subjects: ['inputs/temp'] }]);
    expect(alarms([moved(0.25, 0)])).toEqual([]);
  });

  it('when an error was worse by so much, then the drop is raised in its own way of being said', () => {
    const by = (value: number) => ({ ...worse, value, reference: 30, threshold: 30.9 });
    expect(alarms([by(31.2)], [by(31.5)])).toEqual([
      { policyPath: '/performance/drop', old: 0.03, new: 0.0501, subjects: ['performance/mae'] },
    ]);
    const points = policyWith({ performance: { drop: { by: 1, of: 'points' } } });
    expect(suggestThresholds(points, [{ signals: [by(31.2)] }, { signals: [by(31.5)] }])).toMatchObject([{ old: 1, new: 1.51 }]);
  });

  it('when no threshold would have kept one quiet, then none is suggested for it', () => {
    const floor = { ...worse, statistic: 'floor', policyPath: '/performance/floor' };
    expect(alarms([worse, floor], [worse])).toEqual([]);
    expect(alarms([moved(0.25, 1)], [moved(0.25, 1)])).toEqual([]);
    const nulls = signal({ layer: 'quality', statistic: 'nulls', outcome: 'fail', value: 0.6, policyPath: '/watch/effects/nullPoints' });
    expect(alarms([nulls], [nulls])).toEqual([]);
  });

  it('when a share of nulls rose, then its threshold is raised', () => {
    const nulls = signal({ layer: 'quality', statistic: 'nulls', outcome: 'fail', value: 0.0712, policyPath: '/watch/effects/nullPoints' });
    expect(alarms([nulls], [nulls])).toMatchObject([{ policyPath: '/watch/effects/nullPoints', old: 0.05, new: 0.0713 }]);
  });

  it('when the thresholds of today are above them already, then nothing is suggested', () => {
    expect(alarms([moved(0.15, 0.05)], [moved(0.18, 0.05)])).toEqual([]);
  });
});

it('given any number, then the next one of three digits is above it, and none between them is', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (value) => {
      const next = nextAbove(value);
      expect(next).toBeGreaterThan(value);
      expect(Number(next.toPrecision(3))).toBe(next);
      expect(next - value).toBeLessThanOrEqual(10 ** (Math.floor(Math.log10(value)) - 2) * (1 + 1e-9));
    }),
  );
});
