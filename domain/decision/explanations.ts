import type { Policy } from '../policy/policy.ts';
import type { Cause } from '../report/cause.ts';
import type { Layer } from '../report/report.ts';
import type { Reason } from './decision.ts';
import type { RecordedReport } from './recorded-report.ts';
import { driftSoFar, failing, failures, performanceSoFar, persistentDrift } from './triggers.ts';

/** What explains without being a reason to act by itself: the cause of a drop and its usual remedy, whether drift did harm, which layers agree, what moved, and for how long. */
export function explanations(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  const newest = reports.at(-1);
  const inputs = persistentDrift(reports, policy).length > 0 ? [] : failures('inputs', 'explains', newest, policy);
  return [
    ...cause(newest),
    ...consequence(newest),
    ...agreement(newest),
    ...inputs,
    ...performanceSoFar(reports, policy),
    ...driftSoFar(reports, policy),
    ...failures('predictions', 'explains', newest, policy),
  ];
}

function cause(newest: RecordedReport | undefined): Reason[] {
  if (newest?.report.cause === undefined) return [];
  const { kind, says } = newest.report.cause;
  const told = remedy[kind];
  return [
    { code: 'cause', says, evidence: newest.digest },
    ...(told === undefined ? [] : [{ code: 'remedy', says: told, evidence: newest.digest }]),
  ];
}

const remedy: Readonly<Record<Cause['kind'], string | undefined>> = {
  concept:
    'The same inputs mean something else now: if no candidate trained on recent rows is better, the model needs other inputs or another design.',
  both: 'Inputs that moved are answered by training on recent rows; if no candidate is better, look for what changed beside them.',
  predictions: 'Compare the version that serves, and the features it is given, with what was trained, before it is trained again.',
  unknown: undefined,
};

function consequence(newest: RecordedReport | undefined): Reason[] {
  return newest?.report.consequence === undefined
    ? []
    : [{ code: 'consequence', says: newest.report.consequence.says, evidence: newest.digest }];
}

/** Layers are tested each by itself, so chance seldom makes several fail at once. */
function agreement(newest: RecordedReport | undefined): Reason[] {
  const agreeing = layers.filter((layer) => failing(newest?.report, layer).length > 0);
  const last = agreeing.pop();
  if (newest === undefined || last === undefined || agreeing.length === 0) return [];
  const says = `${sentence(agreeing.join(', '))} and ${last} failed in one report: that they agree makes chance less likely.`;
  return [{ code: 'agreement', says, evidence: newest.digest }];
}

const layers: readonly Layer[] = ['performance', 'quality', 'inputs', 'predictions'];

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
