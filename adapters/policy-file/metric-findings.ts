import { metricsOf, metricTraits } from '../../domain/policy/metric-traits.ts';
import type { MetricName, Task } from '../../domain/policy/policy.ts';
import type { Finding } from './issues.ts';
import { finding, type Reader } from './reader.ts';

/** A metric where it is named in the file. */
interface Named {
  readonly path: readonly (string | number)[];
  readonly metric: MetricName;
  readonly mark: 'key' | 'value';
}

/** Metrics that do not fit the task, lack what they need, or have a limit in another unit. */
export function findingsOfMetrics({ raw }: Reader): Finding[] {
  const task = raw('task', 'kind') ?? raw('task');
  if (task !== 'regression' && task !== 'classification') return [];
  const watched = named([['performance', 'metric'], raw('performance', 'metric'), 'value']);
  const gated = gates(raw('gates'));
  const fitting = watched.filter(({ metric }) => metricTraits[metric].task === task);
  return [
    ...[...watched, ...gated].flatMap((one) => misfits(one, task)),
    ...fitting.flatMap((one) => needs(one, raw)),
    ...gated.flatMap((one) => (metricTraits[one.metric].task === task ? needsPositive(one, raw) : [])),
    ...score(raw),
    ...floors(fitting[0]?.metric ?? (task === 'regression' ? 'mae' : 'accuracy'), raw),
  ];
}

function named([path, name, mark]: [Named['path'], unknown, Named['mark']]): Named[] {
  return isMetric(name) ? [{ path, metric: name, mark }] : [];
}

function gates(written: unknown): Named[] {
  return (Array.isArray(written) ? written : []).flatMap((gate, index) => [
    ...Object.keys(gate?.minimum ?? {}).flatMap((metric) => named([['gates', index, 'minimum', metric], metric, 'key'])),
    ...named([['gates', index, 'notWorse', 'metric'], gate?.notWorse?.metric, 'value']),
  ]);
}

function misfits({ path, metric, mark }: Named, task: Task['kind']): Finding[] {
  if (metricTraits[metric].task === task) return [];
  return [finding(path, `${metric} does not measure a ${task}`, `Write ${oneOfThem(metricsOf(task))}.`, mark)];
}

const namePositive = 'Write task: {kind: classification, positive: 1}.';

function needs({ path, metric, mark }: Named, raw: Reader['raw']): Finding[] {
  if (metricTraits[metric].needs === 'score' && raw('sources', 'predictions', 'score') === undefined) {
    return [finding(path, `${metric} needs a score`, 'Name its column in sources.predictions.score, beside files, id and time.')];
  }
  return metricTraits[metric].needs === 'positive' ? needsPositive({ path, metric, mark }, raw) : [];
}

/** At a gate the version itself answers scores; only what they are of must be named. */
function needsPositive({ path, metric, mark }: Named, raw: Reader['raw']): Finding[] {
  if (metricTraits[metric].needs === undefined || raw('task', 'positive') !== undefined) return [];
  return [finding(path, `${metric} needs a positive class`, namePositive, mark)];
}

function score(raw: Reader['raw']): Finding[] {
  if (raw('sources', 'predictions', 'score') === undefined || raw('task', 'positive') !== undefined) return [];
  return [finding(['sources', 'predictions', 'score'], 'nothing says which class the score is of', namePositive)];
}

function floors(metric: MetricName, raw: Reader['raw']): Finding[] {
  const floor = raw('performance', 'floor');
  const { isShare, worse } = metricTraits[metric];
  const end = worse === 'larger' ? 'largest' : 'smallest';
  if (typeof floor === 'number' && isShare) {
    return [finding(['performance', 'floor'], `floor ${floor} is not a share`, `Write the ${end} ${metric} in percent, such as 80%.`)];
  }
  if (typeof floor === 'string' && !isShare) {
    return [
      finding(['performance', 'floor'], `floor ${floor} is not in the unit of ${metric}`, `Write the ${end} ${metric} as a plain number.`),
    ];
  }
  return [];
}

function isMetric(name: unknown): name is MetricName {
  return typeof name === 'string' && Object.hasOwn(metricTraits, name);
}

function oneOfThem(names: readonly string[]): string {
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
