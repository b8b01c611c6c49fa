import { z } from 'zod';
import { allMetrics, traitsOf } from '../../domain/policy/metric-traits.ts';
import {
  cron,
  drop,
  durationDays,
  durationHours,
  durationSeconds,
  extent,
  intervalDays,
  modelName,
  noneUpTo,
  numberAbove,
  numberFrom,
  range,
  rate,
  secretName,
  share,
  shown,
  sigmas,
  split,
  text,
  timezone,
  Unreadable,
  upTo,
  wholeNumber,
} from './scalars.ts';

/** How an editor is told what a value looks like, as members of its JSON schema. */
type Look = Readonly<{
  description: string;
  type?: 'string' | 'number' | 'integer';
  pattern?: string;
  enum?: (string | number)[];
  shownAs?: readonly string[];
}>;

/** A value that one function reads; what it cannot read becomes an issue with its remedy. */
function written<T>(read: (value: unknown) => T | Unreadable, look: Look) {
  return z
    .unknown()
    .transform((value, context): T => {
      const held = read(value);
      if (!(held instanceof Unreadable)) return held;
      context.issues.push({ code: 'custom', input: value, message: held.says, params: { remedy: held.remedy } });
      return z.NEVER;
    })
    .meta({ ...look });
}

function oneOf<const T extends string | number>(values: readonly T[], description: string) {
  const read = (value: unknown) =>
    values.find((one) => one === value) ?? new Unreadable(`${shown(value)} is not one of its values`, `Write ${inWords(values)}.`);
  return written(read, { description, enum: [...values] });
}

const name = (description: string) => written(text, { description, type: 'string' });
const names = (description: string) => z.array(name('A column.')).meta({ description });
const days = (description: string) => written(durationDays, { description, ...durationLook });
const percent = (description: string) => written(share, { description, type: 'string', pattern: '^\\d+(\\.\\d+)? ?%$', shownAs: ['5%'] });
const worse = (description: string) =>
  written(drop, { description, type: 'string', pattern: '^\\d+(\\.\\d+)? ?(% relative|points?)$', shownAs: ['3% relative', '3 points'] });
const above = (least: number, description: string) => written(numberAbove(least), { description, type: 'number' });
const count = (description: string) => written(wholeNumber, { description, type: 'integer' });

/** More is no review any more. */
const mostWorstRows = 1000;

/** A model's life keeps so many of its last reports. */
const mostReportsInARow = 8;

const durationLook = { type: 'string', pattern: '^\\d+(\\.\\d+)? ?(s|min|h|d|w)$', shownAs: ['30 min', '6h', '7d', '12w'] } as const;
const metricNames = allMetrics();
const gateMetricNames = metricNames.filter((name) => traitsOf(name).needs !== 'scores');
const metric = (description: string) => written(text, { description, type: 'string', shownAs: [...metricNames, 'recall/churned'] });
/** Which of the two it must be, is for the metric to say. */
const limit = z.union([above(0, 'In the unit of the metric.'), percent('Of a share.')]);
const minima = z
  .object(Object.fromEntries(gateMetricNames.map((name) => [name, limit.optional()])))
  .catchall(limit)
  .meta({ description: 'The worst value of a candidate, by metric.' });
const ids = z.union([name('A column.'), z.array(name('A column.')).min(1)]).meta({ description: 'Column or columns that name a request.' });
const files = name('Glob of Parquet, CSV or NDJSON files, relative to this file. Each file is one closed set of records.');
const time = name('Column of the event time.');
const label = name('Column of the true value.');

const program = {
  run: name('Program that is asked for the rows of some days, run in the folder of this file.'),
  timeLimit: written(durationSeconds, { description: 'After this the program is ended.', ...durationLook }).optional(),
};
const predictionColumns = {
  id: ids,
  time,
  prediction: name('Column of the prediction.'),
  version: name('Column of the version.').optional(),
  score: z
    .union([
      name("Column of the positive class's score, such as its probability."),
      z.record(z.string(), name("Column of a class's score.")),
    ])
    .meta({ description: "Column of the positive class's score, such as its probability; or of several classes', by class." })
    .optional(),
};
const predictions = z.union([
  oneOf(['gateway'], 'The records of our own gateway.'),
  z.strictObject({ files, ...predictionColumns }),
  z.strictObject({ ...program, ...predictionColumns }),
]);
const maturesAfter = days('How long after a prediction its label counts.').optional();
const absentMeans = z
  .union([z.number(), z.string(), z.boolean()])
  .meta({ description: 'Label of a prediction that has no outcome when labels have matured.' })
  .optional();
const outcomeColumns = {
  id: ids,
  label,
  knownAt: name('Column that says when the label became known.').optional(),
  maturesAfter,
  absentMeans,
};
const outcomes = z.union([
  oneOf(['gateway'], 'Outcomes sent to our own gateway.'),
  z.strictObject({ from: oneOf(['gateway'], 'Outcomes sent to our own gateway.'), maturesAfter, absentMeans }),
  z.strictObject({ files, ...outcomeColumns }),
  z.strictObject({ ...program, ...outcomeColumns }),
]);

const segment = z
  .union([
    z
      .array(z.union([name('A value.'), z.number(), z.boolean()]))
      .min(1)
      .meta({ description: 'Values of the column of this name.' }),
    written(range, {
      description: 'A range of a numeric column, or of how long ago the instant in a column lies.',
      type: 'string',
      shownAs: ['tenure < 30', '18 <= age < 30', 'first_seen < 30d'],
    }),
    z.strictObject({ cross: z.tuple([name('A segment above.'), name('Another one.')]).meta({ description: 'Two segments at once.' }) }),
  ])
  .meta({ description: 'Rows told apart: values of a column, a range, or two such at once.' });

const trigger = z.union([
  oneOf(
    ['performance', 'trend', 'change'],
    'performance: the metric became worse by performance.drop or sudden. trend: it gets worse by performance.trend along the weeks. change: its days have changed for the worse.',
  ),
  z.strictObject({
    performance: z
      .strictObject({
        for: written(upTo(mostReportsInARow), { description: 'In how many reports in a row, at most 8.', type: 'integer' }),
      })
      .meta({ description: 'The metric stays worse.' }),
  }),
  z.strictObject({
    drift: z
      .strictObject({
        criticalColumns: count('How many critical columns must have moved.').optional(),
        for: written(upTo(mostReportsInARow), { description: 'In how many reports in a row, at most 8.', type: 'integer' }).optional(),
      })
      .meta({ description: 'Critical columns stay moved.' }),
  }),
]);

const severityRule = z.union([
  oneOf(
    ['alarm', 'performance', 'quality', 'inputs', 'predictions'],
    'alarm: what makes a report fail. The others: what fails in that layer, warnings too.',
  ),
  z.strictObject({ wrong: percent('Rows that were answered wrongly, or that lack a sound value of a critical column.') }),
  z.strictObject({ worse: worse('How much worse than its reference the metric is.') }),
]);
const answer = written(durationHours, { description: 'How soon people should answer.', ...durationLook }).optional();
const priority = z.strictObject({
  when: z.array(severityRule).meta({ description: 'What has this priority: anything failed that meets one of these.' }).optional(),
  within: answer,
});

const gate = z.union([
  oneOf(['notWorse'], 'Not worse than the champion on the same rows.'),
  z.strictObject({ minimum: minima }),
  z.strictObject({
    notWorse: z.strictObject({
      metric: metric('What both are measured by.').optional(),
      margin: worse('How much worse is still not worse.').optional(),
      recent: days('How far back the compared rows reach.').optional(),
    }),
  }),
]);

const train = z.strictObject({
  command: name('The training program, run in the folder of this file.'),
  timeLimit: written(durationSeconds, { description: 'After this the program is ended.', ...durationLook }).optional(),
  window: days('How far back the rows reach.').optional(),
  split: written(split, {
    description: 'Train/validation/test in percent, by whole days.',
    type: 'string',
    shownAs: ['60/20/20'],
  }).optional(),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .meta({ description: 'Handed to the program as they are.' })
    .optional(),
});

const rollOut = z.strictObject({
  steps: z.array(percent('Share of units.')).min(1).meta({ description: 'Shares of units, ascending, the last one 100%.' }).optional(),
  unit: name('Feature that names who is assigned, such as a customer; without it each request is its own unit.').optional(),
  minimumUnits: z
    .union([count('For every step.'), z.array(count('For each step.')).min(1)])
    .meta({ description: 'Candidate units a step must have seen.' })
    .optional(),
  guardrails: z
    .strictObject({
      errors: z
        .strictObject({
          harmMargin: above(1, 'Largest relative risk of an error that is still harmless.').optional(),
          absoluteMargin: percent('Error rate that is harmless whatever the champion has.').optional(),
        })
        .optional(),
    })
    .optional(),
  alpha: percent('Chance of taking a harmless candidate back.').optional(),
  maximum: days('After this without proof a person decides.').optional(),
});

const better = oneOf(['higher', 'lower'], 'Which way it is better.');
const measured = name('A column of the outcomes, or of the predictions: predictions.impressions.');
const measure = z.union([
  z.strictObject({ of: measured, per: measured, better }).meta({ description: "The sum of one column over another's." }),
  z.strictObject({ sum: measured, better }).meta({ description: 'The sum of a column, by the day.' }),
]);

const task = oneOf(['regression', 'classification', 'ranking'], 'What the model predicts.');

/** The one file of a user, as written. Reading gives values in the policy's units; layout and defaults come after. */
export const policyFile = z
  .strictObject({
    extends: name('A policy file this one changes.').optional(),
    model: written(modelName, { description: 'Name of the model.', type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    task: z.union([
      task,
      z.strictObject({
        kind: task,
        positive: z.union([name('The positive class.'), z.number(), z.boolean()]).optional(),
        query: z
          .union([name('A column.'), z.array(name('A column.')).min(1)])
          .meta({ description: 'Of a ranking: column or columns that name the query an item belongs to.' })
          .optional(),
        at: count('Of a ranking: how many places from the top nDCG looks at, 10 where nothing is written.').optional(),
      }),
    ]),
    mode: oneOf(['watch', 'advise', 'act'], 'watch: tell only. advise: a person applies each decision. act: alone.').optional(),
    timezone: written(timezone, {
      description: 'Whose clocks say when a day begins.',
      type: 'string',
      shownAs: ['UTC', 'Europe/Paris'],
    }).optional(),
    sources: z.strictObject({
      predictions,
      outcomes: outcomes.optional(),
      history: z
        .union([z.strictObject({ files, id: ids, time, label }), z.strictObject({ ...program, id: ids, time, label })])
        .meta({ description: 'Labelled rows for the first training.' })
        .optional(),
    }),
    columns: z
      .strictObject({
        critical: names('Columns whose drift may trigger a retraining.').optional(),
        importance: z
          .record(z.string(), written(numberFrom(0), { description: 'Importance of a column, in any unit.', type: 'number' }))
          .meta({
            description: 'How much the model hangs on each column. The ten most important are critical, unless critical is written.',
          })
          .optional(),
        ignore: names('Columns that are neither watched nor learnt from.').optional(),
        kinds: z
          .record(z.string(), oneOf(['numeric', 'categorical', 'boolean', 'time', 'text'], 'Kind of a column.'))
          .meta({ description: 'Kinds that are not to be inferred.' })
          .optional(),
        ranges: z
          .record(z.string(), written(extent, { description: 'Smallest and largest sound value.' }))
          .meta({ description: 'Numbers outside are flaws.' })
          .optional(),
      })
      .optional(),
    segments: z.record(z.string(), segment).meta({ description: 'Parts of the rows that are watched by themselves.' }).optional(),
    measures: z
      .record(z.string(), measure)
      .meta({ description: 'Ratios and sums of your own, told in each report; one may be performance.metric.' })
      .optional(),
    baseline: z
      .strictObject({
        window: days('Length of the stable window.').optional(),
        season: oneOf(
          ['none', 'weekday', 'hourOfWeek', 'dayOfMonth'],
          'What recurs: a window is compared with the same stretch of earlier weeks or months.',
        ).optional(),
      })
      .optional(),
    watch: z
      .strictObject({
        schedule: written(cron, {
          description: 'When to check, in UTC.',
          type: 'string',
          shownAs: ['hourly', 'daily', 'weekly', '0 3 * * 1'],
        }).optional(),
        window: days('How far back a check looks.').optional(),
        grain: oneOf(
          ['hour', 'day', 'batch'],
          'What rows are counted by: hour or day of their time, or the day their batch became known.',
        ).optional(),
        independentRows: z
          .boolean()
          .meta({ description: 'Where the past is too short to be cut into days, test as if rows were independent.' })
          .optional(),
        effects: z
          .strictObject({
            wasserstein: written(sigmas, { description: 'Numeric columns.', type: 'string', shownAs: ['0.2 sigma'] }).optional(),
            kolmogorovSmirnov: above(0, 'Numeric columns, 0 to 1.').optional(),
            psi: above(0, 'All columns.').optional(),
            jensenShannon: above(0, 'Categorical columns, 0 to 1.').optional(),
            nulls: percent('Rise of the share of nulls, in points.').optional(),
            newCategories: percent('Share of unseen categories.').optional(),
            unlabelled: percent('Rise of the share of matured predictions without an outcome, in points.').optional(),
            orphans: percent('Rise of the share of outcomes without a prediction, in points.').optional(),
          })
          .meta({ description: 'How much must have moved before it matters.' })
          .optional(),
      })
      .optional(),
    performance: z
      .strictObject({
        metric: metric('What is measured against outcomes.').optional(),
        drop: worse('How much worse is an alarm.').optional(),
        sudden: worse('How much worse than the steady days before is an alarm at once.').optional(),
        trend: worse('How much worse along six weeks or more is a trend that matters; of fewer, a sixth of it for each.').optional(),
        floor: z
          .union([above(0, 'Largest error, in its own unit.'), percent('Largest or smallest share.')])
          .meta({ description: 'The worst that is bearable, whatever was before.' })
          .optional(),
        segments: z
          .record(z.string(), worse('How much worse the segment may become.'))
          .meta({ description: 'Limits of single segments, such as pro or plan=pro.' })
          .optional(),
        worstRows: written(noneUpTo(mostWorstRows), {
          description: 'So many rows of each check that turned out most wrong are kept by their ids, apart from reports; 0: none.',
          type: 'integer',
        }).optional(),
      })
      .optional(),
    severity: z
      .strictObject({
        P0: priority.optional(),
        P1: priority.optional(),
        P2: priority.optional(),
        P3: z.strictObject({ within: answer }).meta({ description: 'All else that failed.' }).optional(),
      })
      .meta({ description: 'How urgent what failed is. The first priority that is met holds.' })
      .optional(),
    fairness: z
      .strictObject({
        by: z.array(name('A segment.')).min(1).meta({ description: 'Segments whose parts are the groups.' }),
        parity: percent('Largest difference of the share predicted positive.').optional(),
        opportunity: percent('Largest difference of the share of the positive that is predicted so.').optional(),
        gap: worse('How much worse than the best group a group may be, by performance.metric.').optional(),
      })
      .meta({ description: 'How far groups may be apart.' })
      .optional(),
    falseAlarms: z
      .strictObject({ atMost: above(0, 'How many.'), per: days('In how long.') })
      .meta({ description: 'The budget of false alarms.' })
      .optional(),
    retrain: z
      .strictObject({
        schedule: written(intervalDays, {
          description: 'At least one attempt each so long.',
          type: 'string',
          shownAs: ['daily', 'weekly', 'monthly', 'quarterly', '45d'],
        }).optional(),
        triggers: z.array(trigger).optional(),
        throttle: z
          .strictObject({
            between: days('Shortest time between two attempts.').optional(),
            attempts: written(rate, { description: 'Attempts in a time.', type: 'string', shownAs: ['2 per 30d'] }).optional(),
          })
          .optional(),
        train: train.optional(),
      })
      .optional(),
    gates: z.array(gate).min(1).optional(),
    approval: z
      .union([
        oneOf(['none'], 'Nobody need approve.'),
        z.strictObject({
          people: oneOf([1, 2], 'How many people must approve.').optional(),
          within: written(durationHours, { description: 'After this the candidate is refused.', ...durationLook }).optional(),
        }),
      ])
      .optional(),
    rollOut: z.union([oneOf(['standard'], 'As the preset has it.'), rollOut]).optional(),
    notify: z
      .strictObject({
        slack: written(secretName, {
          description: 'Name of the secret that holds a Slack-compatible webhook.',
          type: 'string',
          pattern: '^(env|file):.+$',
          shownAs: ['env:SLACK_WEBHOOK'],
        }).optional(),
      })
      .optional(),
  })
  .meta({ title: 'Anchorwatch policy', description: 'What is to hold for one model.' });

export type PolicyFile = z.output<typeof policyFile>;

function inWords(values: readonly (string | number)[]): string {
  return values.length === 1 ? String(values[0]) : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** The JSON schema of the file as written, for editors and for telling which keys a place has. */
export function policyFileSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(policyFile, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // zod leaves out `examples` where a value is transformed, as if they were of the output.
      if (jsonSchema.shownAs === undefined) return;
      jsonSchema.examples = jsonSchema.shownAs as string[];
      delete jsonSchema.shownAs;
    },
  });
}
