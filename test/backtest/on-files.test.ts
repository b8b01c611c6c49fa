import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backtest } from '../../domain/backtest/backtest.ts';
import { renderBacktest } from '../../domain/backtest/render-markdown.ts';
import { runBacktest } from '../../scripts/backtest/run-backtest.ts';
import { loadPolicyFile } from '../../scripts/models/policies.ts';
import { emptyFolder } from '../empty-folder.ts';
import { liveReports } from './live-loop.ts';

const bikeWatch = fileURLToPath(new URL('../../examples/bike-watch/', import.meta.url));
const timeout = 180_000;

function backtestOf(folder: string, since = '12mo'): Promise<Backtest> {
  return runBacktest(loadPolicyFile(join(folder, 'anchorwatch.yaml')), since);
}

describe('given the history of bike-watch', { timeout }, () => {
  let backtest: Backtest;
  beforeAll(async () => {
    backtest = await backtestOf(bikeWatch);
  }, timeout);

  it('when it is gone through, then the policy tells the degradation that lasted, and nothing else', () => {
    expect(backtest).toMatchObject({ verdict: 'holds', metric: 'mae' });
    const [ours] = backtest.rules;
    expect(ours?.episodes.map(({ first, is, subjects }) => [first.slice(0, 10), is, subjects])).toEqual([
      ['2012-01-23', 'confirmed', ['performance/mae']],
    ]);
    expect(backtest.degradations.filter(({ lasts }) => lasts)).toHaveLength(1);
    expect(backtest.says[0]).toContain('1 of 1 degradation told, 0 false alarms');
    expect(backtest.looks.filter(({ wantsRetraining }) => wantsRetraining)[0]?.asOf).toBe('2012-01-23T03:00:00.000Z');
  });

  it('when the usual rules are held against the same rows, then they alarm at every look', () => {
    const usual = backtest.rules.slice(1);
    expect(usual.map(({ rule, alarmedLooks }) => [rule, alarmedLooks])).toEqual([
      ['psi', backtest.looks.length],
      ['kolmogorovSmirnov', backtest.looks.length],
    ]);
    for (const { falseLooks } of usual) expect(falseLooks).toBeGreaterThan(10);
  });

  it('when the live loop looks at the same slots, then its reports are the same, byte for byte', async () => {
    const looks = backtest.looks.slice(0, 5);
    const slots = looks.map(({ asOf }) => asOf);
    expect(await liveReports(join(bikeWatch, 'anchorwatch.yaml'), slots)).toEqual(looks.map(({ report }) => report));
  });

  it('when it is told in Markdown, then the verdict stands first and each alarm has its date and reason', () => {
    const markdown = renderBacktest(backtest);
    expect(markdown).toMatch(/^# Backtest of bike-watch: holds\n\n● \*\*Holds:\*\* 1 alarm in 25 looks from 2011-09-12 to 2012-02-27/);
    expect(markdown).toMatch(/\| 2012-01-23 \| 2012-02-27 \| 6 +\| Mean error 61\.5, anchor 30\.4: \+102%/);
  });
});

describe('given labels that come later', { timeout }, () => {
  it('when they are added, then no earlier look says anything else', async () => {
    const folder = emptyFolder();
    cpSync(bikeWatch, folder, { recursive: true });
    const later = readdirSync(join(bikeWatch, 'outcomes')).filter((name) => name >= '2012-01-09');
    for (const name of later) rmSync(join(folder, 'outcomes', name));
    const before = await backtestOf(folder, '2011-12-01');
    for (const name of later) cpSync(join(bikeWatch, 'outcomes', name), join(folder, 'outcomes', name));
    const after = await backtestOf(folder, '2011-12-01');

    const said = ({ looks }: Backtest) =>
      looks.filter(({ asOf }) => asOf < '2012-01-18').map(({ asOf, report, because }) => ({ asOf, report, because }));
    expect(said(before)).toHaveLength(7);
    expect(said(after)).toEqual(said(before));
    expect(after.hindsight).not.toEqual(before.hindsight);
  });
});

/** A folder with a policy and daily CSV files of predictions, and of outcomes where they are asked for. */
function madeHistory({ days, policy, outcomes = true }: { days: number; policy?: string; outcomes?: boolean }): string {
  const folder = emptyFolder();
  for (const name of ['predictions', 'outcomes']) mkdirSync(join(folder, name));
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 40 }, (_, row) => ({ id: `${date}-${row}`, amount: (row * 7 + day * 3) % 40 }));
    writeFileSync(
      join(folder, 'predictions', `${date}.csv`),
      `id,at,amount,predicted\n${rows.map(({ id, amount }) => `${id},${date}T12:00:00Z,${amount},${amount + 1}\n`).join('')}`,
    );
    if (outcomes)
      writeFileSync(
        join(folder, 'outcomes', `${date}.csv`),
        `id,truth,known\n${rows.map(({ id, amount }, row) => `${id},${amount + (row % 5)},${date}T23:00:00Z\n`).join('')}`,
      );
  }
  const written = policy ?? standing(outcomes);
  writeFileSync(join(folder, 'anchorwatch.yaml'), written);
  return folder;
}

function standing(outcomes: boolean, more = ''): string {
  const truth = '  outcomes: { files: "outcomes/*.csv", id: id, label: truth, knownAt: known, maturesAfter: 1d }\n';
  return `model: made\ntask: regression\nsources:\n  predictions: { files: "predictions/*.csv", id: id, time: at, prediction: predicted }\n${outcomes ? truth : ''}baseline: { window: 14d }\n${more}`;
}

describe('given a history in which one slice alone becomes worse', { timeout }, () => {
  it('when it is alarmed about, then the labels of its own rows confirm that, while the whole stays steady', async () => {
    const folder = emptyFolder();
    for (const name of ['predictions', 'outcomes']) mkdirSync(join(folder, name));
    for (let day = 0; day < 84; day += 1) {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      const rows = Array.from({ length: 60 }, (_, row) => {
        const plan = row < 12 ? 'pro' : 'free';
        const usual = ((row * 7 + day * 5) % 11) + 5;
        return { id: `${date}-${row}`, plan, off: plan === 'pro' && day >= 63 ? usual * 2 : usual };
      });
      writeFileSync(
        join(folder, 'predictions', `${date}.csv`),
        `id,at,plan,predicted\n${rows.map(({ id, plan }) => `${id},${date}T12:00:00Z,${plan},100\n`).join('')}`,
      );
      writeFileSync(
        join(folder, 'outcomes', `${date}.csv`),
        `id,truth,known\n${rows.map(({ id, off }) => `${id},${100 + off},${date}T23:00:00Z\n`).join('')}`,
      );
    }
    const more =
      'segments: { plan: [pro, free] }\nwatch: { schedule: weekly }\nperformance: { drop: 40% relative, segments: { pro: 30% relative } }\n';
    writeFileSync(join(folder, 'anchorwatch.yaml'), standing(true, more).replace('window: 14d', 'window: 8w'));

    const { rules, hindsight, degradations, segments } = await backtestOf(folder);
    expect(rules[0]?.episodes.map(({ subjects, is }) => [subjects, is])).toEqual([[['performance/mae in plan=pro'], 'confirmed']]);
    expect(degradations).toEqual([]);
    expect(hindsight.some(({ is }) => is === 'steady')).toBe(true);
    expect(Object.keys(segments)).toEqual(['plan=pro']);
    expect(segments['plan=pro']?.degradations[0]?.worst).toMatchObject({ value: expect.closeTo(20, 0), reference: expect.closeTo(10, 0) });
  });
});

describe('given a history that cannot tell everything', { timeout }, () => {
  it('when there are no outcomes, then alarms are told, and that none can be confirmed', async () => {
    const backtest = await backtestOf(madeHistory({ days: 20, outcomes: false }));
    expect(backtest).toMatchObject({ verdict: 'inconclusive', hindsight: [], degradations: [] });
    expect(backtest.says[0]).toMatch(/^0 alarms in 6 looks from 2024-01-15 to 2024-01-20; without outcomes none can be confirmed/);
    expect(backtest.notes).toContain('The policy names no outcomes: no alarm can be confirmed. Name them: sources.outcomes.');
  });

  it('when it is shorter than the baseline, then it says how long it is and how long it would have to be', async () => {
    await expect(backtestOf(madeHistory({ days: 9 }))).rejects.toThrow(
      'The history of made holds 9 days, from 2024-01-01 to 2024-01-09; a baseline takes 14 days (baseline.window), and its labels 1 more (sources.outcomes.maturesAfter).',
    );
  });

  it('when it begins after the backtest should, then it begins with the first row and says so', async () => {
    const { notes, looks } = await backtestOf(madeHistory({ days: 18 }), '2020-01-01');
    expect(notes).toEqual(['The history begins on 2024-01-01; nothing before it can be seen.']);
    expect(looks[0]?.asOf).toBe('2024-01-16T03:00:00.000Z');
  });

  it('when it ends before the backtest should begin, or that cannot be read, then it says so', async () => {
    const folder = madeHistory({ days: 3 });
    await expect(backtestOf(folder, '2025-01-01')).rejects.toThrow('The history of made ends on 2024-01-03, before 2025-01-01.');
    await expect(backtestOf(folder, 'a year')).rejects.toThrow('"a year" is no beginning. Write how far back');
  });

  it('when no file matches, or none can be read, then the pattern is named', async () => {
    await expect(backtestOf(madeHistory({ days: 0 }))).rejects.toThrow(/^No file matches \S+predictions\/\*\.csv: there is no history/);
    const folder = madeHistory({ days: 0 });
    writeFileSync(join(folder, 'predictions', 'broken.csv'), 'name\nAnna\n');
    await expect(backtestOf(folder)).rejects.toThrow(
      /^None of the 1 files of \S+ holds a prediction that could be read, with id and at\. 1 file matches predictions\/\*\.csv, it lacks the columns id \(sources\.predictions\.id, \S+:\d+\) and at \(.* and predicted \(/,
    );
  });

  it('when files are named by their whole path, then it is told as it was written', async () => {
    const nowhere = join(madeHistory({ days: 0 }), 'nowhere', '*.csv');
    await expect(backtestOf(madeHistory({ days: 0, policy: standing(false).replace('predictions/*.csv', nowhere) }))).rejects.toThrow(
      `No file matches ${nowhere}: there is no history`,
    );
  });

  it('when the predictions come from the gateway, then it asks for files', async () => {
    const folder = madeHistory({ days: 0, policy: 'model: made\ntask: regression\nsources: { predictions: gateway }\n' });
    await expect(backtestOf(folder)).rejects.toThrow(
      'A backtest reads files, and the predictions of made come from the gateway. Name files',
    );
  });

  it('when all is in files of JSON lines that hold too much, then it says that looks did not see them in time', async () => {
    const folder = madeHistory({ days: 0, policy: standing(false).replace('*.csv', '*.ndjson') });
    const rows = Array.from({ length: 40 * 20 }, (_, row) => ({
      id: row,
      at: new Date(Date.UTC(2024, 0, 1) + row * 2_160_000).toISOString(),
      amount: row % 40,
      predicted: 1,
    }));
    writeFileSync(join(folder, 'predictions', 'all.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await expect(backtestOf(folder)).rejects.toThrow(
      /^No baseline could be taken.*A file of predictions holds 20 days, and a file counts as known with its last row/,
    );
  });
});

describe('given the same history in a file a day and in one file', { timeout }, () => {
  it('when both are gone through, then they say the same, and it is told which was cut', async () => {
    const [daily, single] = [madeHistory({ days: 22 }), madeHistory({ days: 0 })];
    for (const kind of ['predictions', 'outcomes']) {
      const files = readdirSync(join(daily, kind)).map((name) => readFileSync(join(daily, kind, name), 'utf8'));
      const rows = files.flatMap((text) => text.trim().split('\n').slice(1));
      writeFileSync(join(single, kind, 'all.csv'), `${files[0]?.split('\n')[0]}\n${rows.reverse().join('\n')}\n`);
    }
    const [one, other] = [await backtestOf(daily), await backtestOf(single)];
    const said = ({ looks, hindsight }: Backtest) => [looks.map(({ asOf, because, outcome }) => ({ asOf, because, outcome })), hindsight];
    expect(said(other)).toEqual(said(one));
    expect(one.looks.length).toBeGreaterThan(4);
    expect(other.notes).toContain(
      'Files that hold more than 7 days were read as one for each day, 2 in number. The live loop sees a file with its last row.',
    );
  });
});

describe('given labels that come for every other row, and a policy that says what absence means', { timeout }, () => {
  it('when all labels are in, then rows without one count in hindsight as they did in the looks', async () => {
    const folder = madeHistory({ days: 20, policy: standing(true).replace('maturesAfter: 1d', 'maturesAfter: 1d, absentMeans: 20') });
    for (const name of readdirSync(join(folder, 'outcomes'))) {
      const [head, ...rows] = readFileSync(join(folder, 'outcomes', name), 'utf8')
        .trim()
        .split('\n');
      writeFileSync(join(folder, 'outcomes', name), `${head}\n${rows.filter((_, row) => row % 2 === 0).join('\n')}\n`);
    }
    const { hindsight } = await backtestOf(folder);
    expect(hindsight[0]).toMatchObject({ is: 'steady' });
    expect(hindsight[0]?.reference).toBeGreaterThan(4);
  });
});

describe('given a policy that names a training program', { timeout }, () => {
  it('when labels show that the model became worse, then a retraining would have been asked for, and none is begun', async () => {
    const more = 'mode: advise\nretrain: { train: { command: exit 1 } }\n';
    const folder = madeHistory({ days: 30, policy: standing(true, more) });
    const worse = readdirSync(join(folder, 'outcomes')).filter((name) => name >= '2024-01-22');
    for (const name of worse) {
      const rows = Array.from({ length: 40 }, (_, row) => `${name.slice(0, 10)}-${row},500,${name.slice(0, 10)}T23:00:00Z\n`);
      writeFileSync(join(folder, 'outcomes', name), `id,truth,known\n${rows.join('')}`);
    }
    const { looks, says, degradations } = await backtestOf(folder);
    const first = looks.find(({ wantsRetraining }) => wantsRetraining);
    expect(first).toMatchObject({ asOf: '2024-01-24T03:00:00.000Z', action: { kind: 'retrain' } });
    expect(looks.filter(({ asOf }) => asOf < '2024-01-24').map(({ action }) => action.kind)).not.toContain('retrain');
    expect(degradations).toHaveLength(1);
    expect(says.at(-1)).toMatch(/^A retraining would have been asked for on 2024-01-24, and \d+ times after\. Nothing was retrained/);
  });
});
