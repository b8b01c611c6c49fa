import { metricOfMeasure } from '../../domain/policy/metric-of-measure.ts';
import { metricParts } from '../../domain/policy/metric-parts.ts';
import { isMetric, metricsOf, traitsOf } from '../../domain/policy/metric-traits.ts';
import type { MetricName, Task } from '../../domain/policy/policy.ts';
import { usualMetric } from '../../domain/policy/usual-metric.ts';
import type { Finding } from './issues.ts';
import { nearestMatch } from './nearest-match.ts';
import { finding, type Reader } from './reader.ts';

/** A metric where it is named in the file. */
interface Named {
  readonly path: readonly (string | number)[];
  readonly metric: MetricName;
  readonly mark: 'key' | 'value';
}

/** Metrics that are none, do not fit the task, lack what they need, or have a limit in another unit. */
export function findingsOfMetrics({ raw }: Reader): Finding[] {
  const task = raw('task', 'kind') ?? raw('task');
  if (task !== 'regression' && task !== 'classification' && task !== 'ranking') return [];
  const watched = mentioned(['performance', 'metric'], raw('performance', 'metric'), 'value');
  const gated = gates(raw('gates'));
  const isDeclared = ({ name }: Mentioned) => raw('measures', name) !== undefined;
  const declared = watched.find(isDeclared);
  const [ofTask, gatedOfTask] = [watched, gated].map((some) => some.flatMap(known).filter(({ metric }) => traitsOf(metric).task === task));
  return [
    ...declarations(raw),
    ...gated.filter(isDeclared).map(({ path, name, mark }) => finding(path, `${name} cannot be a gate`, gateRemedy, mark)),
    ...[...watched, ...gated].filter((one) => !isDeclared(one)).flatMap((one) => unknowns(one, task)),
    ...[...watched, ...gated].flatMap(known).flatMap((one) => misfits(one, task)),
    ...(ofTask ?? []).flatMap((one) => needs(one, raw)),
    ...(gatedOfTask ?? []).flatMap((one) => [...needsPositive(one, raw), ...minima(one, raw)]),
    ...(task === 'ranking' ? [] : score(raw)),
    ...floors(ofTask?.[0]?.metric ?? (declared && directed(declared.name, raw)) ?? usualMetric(task), raw),
  ];
}

const gateRemedy = 'Gates ask versions for rows that nobody has acted on: write a metric of predictions and labels.';

/** Measures that take the name of a metric, or have nothing to be counted from. */
function declarations(raw: Reader['raw']): Finding[] {
  const measures = raw('measures');
  if (!(measures instanceof Object)) return [];
  const outcomes = raw('sources', 'outcomes');
  const hasColumns = outcomes instanceof Object && (raw('sources', 'outcomes', 'files') ?? raw('sources', 'outcomes', 'run')) !== undefined;
  const lacking = finding(['measures'], 'measures need outcomes with columns', 'Write sources.outcomes as files or a program.', 'key');
  return [
    ...(hasColumns ? [] : [lacking]),
    ...Object.keys(measures)
      .filter((name) => isMetric(name) || name.includes('/'))
      .map((name) =>
        finding(['measures', name], `${name} cannot be the name of a measure`, 'Write a name that is no metric and has no slash.', 'key'),
      ),
  ];
}

/** A name where a metric is to stand. */
interface Mentioned extends Omit<Named, 'metric'> {
  readonly name: string;
}

function mentioned(path: Named['path'], name: unknown, mark: Named['mark']): Mentioned[] {
  return typeof name === 'string' ? [{ path, name, mark }] : [];
}

function gates(written: unknown): Mentioned[] {
  return (Array.isArray(written) ? written : []).flatMap((gate, index) => [
    ...Object.keys(gate?.minimum ?? {}).flatMap((name) => mentioned(['gates', index, 'minimum', name], name, 'key')),
    ...mentioned(['gates', index, 'notWorse', 'metric'], gate?.notWorse?.metric, 'value'),
  ]);
}

function known({ name, ...where }: Mentioned): Named[] {
  return isMetric(name) ? [{ ...where, metric: name }] : [];
}

function unknowns({ name, path, mark }: Mentioned, task: Task['kind']): Finding[] {
  if (isMetric(name)) return [];
  const nearest = nearestMatch(name, metricsOf(task));
  const remedy = nearest === undefined ? `Write ${oneOfThem(metricsOf(task))}.` : `Did you mean "${nearest}"?`;
  return [finding(path, `${name} is not a metric`, remedy, mark)];
}

function misfits({ path, metric, mark }: Named, task: Task['kind']): Finding[] {
  if (traitsOf(metric).task === task) return [];
  return [finding(path, `${metric} does not measure a ${task}`, `Write ${oneOfThem(metricsOf(task))}.`, mark)];
}

const namePositive = 'Write task: {kind: classification, positive: 1}.';

function needs({ path, metric, mark }: Named, raw: Reader['raw']): Finding[] {
  const scored = raw('sources', 'predictions', 'score');
  const { needs: needed, takesScores } = traitsOf(metric);
  if (needed === 'score' && typeof scored !== 'string' && !(takesScores && scored instanceof Object)) {
    return [finding(path, `${metric} needs a score`, 'Name its column in sources.predictions.score, beside files, id and time.')];
  }
  const { of } = metricParts(metric);
  if (needed === 'scores' && (!(scored instanceof Object) || (of !== undefined && !Object.hasOwn(scored, of)))) {
    const remedy = `Name their columns in sources.predictions.score: {${of ?? 'CLASS'}: COLUMN, …}.`;
    return [finding(path, `${metric} needs the scores of ${of ?? 'several classes'}`, remedy)];
  }
  return needed === 'positive' ? needsPositive({ path, metric, mark }, raw) : [];
}

/** At a gate the version itself answers scores; only what they are of must be named. */
function needsPositive({ path, metric, mark }: Named, raw: Reader['raw']): Finding[] {
  const { needs: needed, takesScores } = traitsOf(metric);
  if (needed === 'scores' || (takesScores && raw('sources', 'predictions', 'score') instanceof Object))
    return [finding(path, `${metric} cannot be a gate`, 'Versions answer the score of one class: write a metric of that.', mark)];
  if (needed === undefined || raw('task', 'positive') !== undefined) return [];
  return [finding(path, `${metric} needs a positive class`, namePositive, mark)];
}

function score(raw: Reader['raw']): Finding[] {
  if (typeof raw('sources', 'predictions', 'score') !== 'string' || raw('task', 'positive') !== undefined) return [];
  return [finding(['sources', 'predictions', 'score'], 'nothing says which class the score is of', namePositive)];
}

function directed(name: string, raw: Reader['raw']): MetricName {
  return metricOfMeasure({ name, better: raw('measures', name, 'better') === 'lower' ? 'lower' : 'higher' });
}

function floors(metric: MetricName, raw: Reader['raw']): Finding[] {
  return inOtherUnit(['performance', 'floor'], 'floor', raw('performance', 'floor'), metric);
}

function minima({ path, metric }: Named, raw: Reader['raw']): Finding[] {
  return path[2] === 'minimum' ? inOtherUnit(path, metric, raw(...path), metric) : [];
}

function inOtherUnit(path: Named['path'], name: string, limit: unknown, metric: MetricName): Finding[] {
  const { isShare, worse, task } = traitsOf(metric);
  const said = task === 'any' ? metricParts(metric).of : metric;
  const end = worse === 'larger' ? 'largest' : 'smallest';
  if (typeof limit === 'number' && isShare) {
    return [finding(path, `${name} ${limit} is not a share`, `Write the ${end} ${metric} in percent, such as 80%.`)];
  }
  if (typeof limit === 'string' && !isShare) {
    return [finding(path, `${name} ${limit} is not in the unit of ${said}`, `Write the ${end} ${said} as a plain number.`)];
  }
  return [];
}

function oneOfThem(names: readonly string[]): string {
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
