import type { DecideInput } from '../../domain/decision/decide.ts';
import type { RecordedReport } from '../../domain/decision/recorded-report.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { WrittenPolicy } from '../../domain/policy/written-policy.ts';
import type { Report, Signal } from '../../domain/report/report.ts';

export const policyDigest = 'a'.repeat(64) as Digest;

/** A policy in mode act that can train. */
export function policyWith(changes: Partial<WrittenPolicy> = {}): Policy {
  return expand({
    model: 'bike-demand' as ModelName,
    task: { kind: 'regression' },
    mode: 'act',
    sources: { predictions: { from: 'gateway' } },
    training: { command: 'python train.py' },
    rollout: {},
    ...changes,
  });
}

export function signal(changes: Partial<Signal>): Signal {
  return {
    layer: 'inputs',
    subject: 'temp',
    statistic: 'psiDebiased',
    outcome: 'pass',
    severity: 'green',
    value: 0.05,
    threshold: 0.25,
    statistics: {},
    critical: false,
    policyPath: '/watch/effects/psi',
    says: 'temp moved 0.05 PSI (alarm at 0.25).',
    ...changes,
  };
}

export const worse = signal({
  layer: 'performance',
  critical: true,
  subject: 'mae',
  statistic: 'drop',
  outcome: 'fail',
  severity: 'red',
  value: 82.4,
  reference: 30.3,
  threshold: 31.209,
  policyPath: '/performance/drop',
  says: 'mean error 82.4, anchor 30.3: +172% relative (alarm at 3%).',
});

export const asGood = signal({ ...worse, outcome: 'pass', severity: 'green', value: 30.6, says: 'mean error 30.6, anchor 30.3.' });
/** What only warns, unless the policy names it. */
export const trending = signal({
  ...worse,
  statistic: 'trend',
  severity: 'yellow',
  critical: false,
  policyPath: '/performance/trend',
  says: 'mean error from 28.1 to 30.9 along 9 weeks.',
});
export const moved = signal({ outcome: 'fail', severity: 'red', critical: true, value: 0.4, says: 'temp moved 0.4 PSI (alarm at 0.25).' });
export const badData = signal({
  layer: 'quality',
  subject: 'hum',
  statistic: 'nulls',
  outcome: 'fail',
  severity: 'red',
  says: 'hum is null in 40% of rows.',
});

let reports = 0;

/** A report of version 1 with these signals. */
export function report(asOf: string, signals: readonly Signal[], version = '1'): RecordedReport {
  const body: Report = {
    kind: 'report',
    schemaVersion: 1,
    madeFrom: [],
    model: 'bike-demand' as ModelName,
    version: version as Version,
    asOf: eventTime(asOf),
    window: { from: eventTime('2011-04-01'), to: eventTime('2011-04-08'), rows: 168 },
    policy: policyDigest,
    entries: 'e'.repeat(64) as Digest,
    blocks: { unit: 'window', count: 8 },
    falseAlarmLevel: 1 / 90,
    outcome: signals.some(({ outcome }) => outcome === 'fail') ? 'fail' : 'pass',
    severity: 'green',
    says: ['', ''],
    signals,
    ignored: [],
    anomalies: {},
  };
  return { digest: (reports++).toString(16).padStart(64, '0') as Digest, report: body };
}

/** An idle model with version 1 in service, asked on 9 May 2011. */
export function asked(changes: Partial<DecideInput> = {}): DecideInput {
  return {
    policy: policyWith(),
    policyDigest,
    reports: [report('2011-05-09', [worse])],
    state: { revision: 7, phase: 'idle', champion: '1' as Version, paused: false, attempts: [] },
    asOf: eventTime('2011-05-09'),
    source: 'report',
    ...changes,
  };
}
