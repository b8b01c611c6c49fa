import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { type CheckOptions, type CheckReport, check } from '../../library/index.ts';
import { csvOf, customers, Folder, type Row } from './tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const past = customers(1, 600, { days: 20 });
const now = customers(2, 300, { firstDay: 20, days: 5 });
const baseline = folder.csv('baseline.csv', past);
const lines = csvOf(now);

const each = (change: (row: Row, index: number) => Row): Row[] => now.map(change);
const share = (index: number, of: number) => index % 10 < 10 * of;

/** Files that are broken, and what becomes of them. */
interface Case {
  readonly given: string;
  readonly files: () => Partial<CheckOptions> | Promise<Partial<CheckOptions>>;
  /** What the error says. */
  readonly fault?: RegExp;
  /** What the report tells. */
  readonly tells?: (report: CheckReport) => void;
}

const alarm = (flaw: string, column: string) => (report: CheckReport) => {
  expect(report.verdict).toBe('alarm');
  expect(report.quality.flaws).toContainEqual(expect.objectContaining({ column, flaw, verdict: 'alarm' }));
};
const counted =
  (anomalies: Record<string, number>, verdict = 'steady') =>
  (report: CheckReport) => {
    expect(report.window.anomalies).toEqual(anomalies);
    expect(report.verdict).toBe(verdict);
  };
const ignored = (column: string, reason: RegExp) => (report: CheckReport) => {
  expect(report.ignored).toContainEqual({ column, reason: expect.stringMatching(reason) });
  expect(report.verdict).toBe('steady');
};

const numbers = (query: string) => folder.parquet('numbers.parquet', `SELECT i::DOUBLE AS x, i % 7 AS y ${query}`);

/** No writer at hand writes such names; another of the same length is written over. */
const renamed = async (name: string, from: string, to: string) => {
  const { readFileSync } = await import('node:fs');
  const path = await folder.parquet(
    name,
    `SELECT i AS "Amount", 'free' AS plan, {a: 1, b: [i]} AS nested, i AS "${from}" FROM range(50) t(i)`,
  );
  return folder.write(name, Buffer.from(readFileSync(path).toString('latin1').replaceAll(from, to), 'latin1'));
};
const capitals = async (name: string) => {
  if (name.endsWith('parquet')) return renamed(name, 'xmount', 'amount');
  return folder.write(name, name.endsWith('csv') ? 'Amount,plan,amount\n1,a,2\n' : '{"Amount": 1}\n{"plan": "a", "amount": 2}\n');
};

const cases: readonly Case[] = [
  {
    given: 'a Parquet file cut short',
    files: async () => {
      const { readFileSync } = await import('node:fs');
      const whole = await numbers('FROM range(5000) t(i)');
      return { data: folder.write('short.parquet', readFileSync(whole).subarray(0, 2000)) };
    },
    fault: /short\.parquet cannot be read: .*(magic bytes|too small)/,
  },
  { given: 'CSV named Parquet', files: () => ({ data: folder.write('text.parquet', lines) }), fault: /not Parquet, but text\. Name it/ },
  {
    given: 'Parquet named CSV',
    files: async () => {
      const { copyFileSync } = await import('node:fs');
      copyFileSync(await numbers('FROM range(50) t(i)'), join(folder.path, 'table.csv'));
      return { data: join(folder.path, 'table.csv') };
    },
    fault: /not CSV, but Parquet/,
  },
  { given: 'CSV named JSON lines', files: () => ({ data: folder.write('text.ndjson', lines) }), fault: /not JSON lines, but text/ },
  { given: 'JSON lines named CSV', files: () => ({ data: folder.write('json.csv', '{"amount": 1}\n') }), fault: /not CSV, but JSON lines/ },
  {
    given: 'one JSON array',
    files: () => ({ data: folder.write('array.ndjson', '[{"amount": 1}]') }),
    fault: /one JSON array\. Write one record a line/,
  },
  { given: 'a packed file', files: () => ({ data: folder.write('packed.csv', gzipSync(lines)) }), fault: /packed\. Unpack it first/ },
  {
    given: 'text in UTF-16',
    files: () => ({ data: folder.write('wide.csv', Buffer.from(`\ufeff${lines}`, 'utf16le')) }),
    fault: /UTF-16\. Write it in UTF-8/,
  },
  { given: 'bytes that are no text', files: () => ({ data: folder.write('bytes.csv', Buffer.alloc(500)) }), fault: /binary data/ },
  { given: 'an empty file', files: () => ({ data: folder.write('empty.csv', '') }), fault: /empty\.csv is empty/ },
  { given: 'an empty Parquet file', files: () => ({ data: folder.write('empty.parquet', '') }), fault: /empty\.parquet is empty/ },
  { given: 'a file that is not there', files: () => ({ data: join(folder.path, 'nowhere.csv') }), fault: /nowhere\.csv does not exist/ },
  {
    given: 'a pattern that matches nothing',
    files: () => ({ data: join(folder.path, 'none-*.csv') }),
    fault: /No file matches .*none-\*\.csv/,
  },
  {
    given: 'a folder',
    files: () => {
      mkdirSync(join(folder.path, 'inner.csv'), { recursive: true });
      return { data: join(folder.path, 'inner.csv') };
    },
    fault: /is a folder\. Name the files in it/,
  },
  {
    given: 'a format that is not known',
    files: () => ({ data: folder.write('sheet.xlsx', 'x') }),
    fault: /no format that can be read here.*\.parquet/,
  },
  {
    given: 'two columns of one name',
    files: () => ({ data: folder.write('twice.csv', 'amount,plan,amount\n1,a,2\n') }),
    fault: /two columns named "amount"/,
  },
  ...['capitals.csv', 'capitals.ndjson', 'capitals.parquet'].map((name) => ({
    given: `two columns whose names differ only in capitals, in ${name}`,
    files: async () => ({ data: await capitals(name) }),
    fault: new RegExp(`${name} has columns whose names differ only in capitals, "Amount" and "amount"\\. Give each its own name`),
  })),
  {
    given: 'two columns of one name in Parquet',
    files: async () => ({ data: await renamed('again.parquet', 'xmount', 'Amount') }),
    fault: /again\.parquet has two columns named "Amount"/,
  },
  {
    given: 'no column in common',
    files: () => ({ data: folder.csv('other.csv', [{ colour: 'red', size: 3 }]) }),
    fault: /no column in common: amount, plan, at; and colour, size/,
  },
  {
    given: 'a time column that is not there',
    files: () => ({ data: folder.csv('timeless.csv', now), time: 'when' }),
    fault: /has no column "when" \(it has amount, plan, at\)/,
  },
  {
    given: 'a policy with a mistake',
    files: () => ({ data: folder.csv('fine.csv', now), policy: folder.write('wrong.yaml', 'model: shop\ntask: regresion\n') }),
    fault: /wrong\.yaml/,
  },
  {
    given: 'nothing but a header',
    files: () => ({ data: folder.write('header.csv', 'amount,plan,at\n') }),
    tells: (report) => {
      expect(report).toMatchObject({ verdict: 'inconclusive', window: { rows: 0 }, says: expect.stringContaining('no rows') });
      expect(report.columns[0]?.reasons[0]).toContain('needs 30 rows with a value in the window; there are 0');
    },
  },
  {
    given: 'a Parquet file without rows',
    files: async () => ({ data: await folder.parquet('no-rows.parquet', "SELECT 1.0 AS amount, 'free' AS plan WHERE false") }),
    tells: (report) => expect(report).toMatchObject({ verdict: 'inconclusive', window: { rows: 0 } }),
  },
  {
    given: 'a baseline without rows',
    files: () => ({ baseline: folder.write('no-past.csv', 'amount,plan,at\n'), data: folder.csv('fine.csv', now) }),
    tells: (report) => expect(report).toMatchObject({ verdict: 'inconclusive', baseline: { rows: 0 } }),
  },
  {
    given: 'a single row',
    files: () => ({ data: folder.csv('one.csv', now.slice(0, 1)) }),
    tells: (report) => expect(report).toMatchObject({ verdict: 'inconclusive', says: expect.stringContaining('30 rows') }),
  },
  {
    given: 'a baseline of a single row',
    files: () => ({ baseline: folder.csv('one-past.csv', past.slice(0, 1)), data: folder.csv('fine.csv', now) }),
    tells: (report) => expect(report.verdict).not.toBe('steady'),
  },
  {
    given: 'CSV in Latin-1',
    files: () => ({
      data: folder.write('latin.csv', Buffer.concat([Buffer.from(lines), Buffer.from('50,caf\xe9,2024-01-22\n', 'latin1')])),
    }),
    tells: (report) => {
      counted({ malformed: 1 })(report);
      expect(report.notes).toContain('1 line of the data: not in UTF-8.');
    },
  },
  {
    given: 'a baseline of JSON lines in Latin-1',
    files: () => {
      const text = past.map((row) => JSON.stringify({ ...row, plan: row.plan === 'pro' ? 'doré' : 'free' })).join('\n');
      return { baseline: folder.write('latin.ndjson', Buffer.from(text, 'latin1')), data: folder.csv('fine.csv', now) };
    },
    tells: (report) => {
      expect(report.notes).toContainEqual(expect.stringContaining('plan holds characters that could not be read'));
      expect(report.verdict).toBe('alarm');
    },
  },
  {
    given: 'a cell of ten million characters in CSV',
    files: () => ({ data: folder.write('long.csv', `${lines}50,${'x'.repeat(10_000_000)},2024-01-22\n`) }),
    tells: (report) => {
      counted({ malformed: 1 })(report);
      expect(report.notes).toContain('1 line of the data: over 2,000,000 bytes.');
    },
  },
  {
    given: 'a text of ten million characters in JSON lines',
    files: () => ({ data: folder.ndjson('long.ndjson', [...now, { amount: 50, plan: 'x'.repeat(10_000_000), at: '2024-01-22' }]) }),
    tells: (report) => {
      expect(report.verdict).toBe('steady');
      expect(Object.keys(report.columns.find(({ column }) => column === 'plan')?.evidence.newCategories ?? {})[0]).toMatch(
        /^x{40,}… \(10000000 characters, [0-9a-f]{8}\)$/,
      );
    },
  },
  {
    given: 'a first column without a name',
    files: () => ({ baseline: folder.write('index.csv', indexed(past)), data: folder.write('index-now.csv', indexed(now)) }),
    tells: (report) => expect(report).toMatchObject({ window: { rows: 300, anomalies: {} } }),
  },
  {
    given: 'a mark of byte order, carriage returns and line breaks in quotes',
    files: () => {
      const odd = (rows: readonly Row[]) =>
        `\ufeff${csvOf(rows.map((row) => ({ ...row, plan: row.plan === 'pro' ? '"pro,\r\n""plus"""' : 'free' }))).replaceAll(/(?<!\r)\n/g, '\r\n')}`;
      return { baseline: folder.write('odd.csv', odd(past)), data: folder.write('odd-now.csv', odd(now)) };
    },
    tells: (report) => {
      counted({})(report);
      expect(report.window.rows).toBe(300);
      expect(report.columns.map(({ column }) => column).sort()).toEqual(['amount', 'plan']);
    },
  },
  {
    given: 'lines with a field too many',
    files: () => ({ data: folder.write('ragged.csv', `${lines}50,free,2024-01-22,what,is,this\n`) }),
    tells: counted({ malformed: 1 }),
  },
  {
    given: 'more lines broken than may be',
    files: () => ({ data: folder.write('broken.csv', `${lines}${'1,2,3,4,5\n'.repeat(60)}`) }),
    tells: (report) => {
      counted({ malformed: 60 }, 'inconclusive')(report);
      expect(report.says).toContain('60 of 360 rows of the data could not be used');
    },
  },
  {
    given: 'lines that are no JSON',
    files: () => ({
      data: folder.write('torn.ndjson', `${now.map((row) => JSON.stringify(row)).join('\n')}\n{"amount": 5\nnothing\n[1]\n`),
    }),
    tells: counted({ malformed: 3 }),
  },
  {
    given: 'records within records',
    files: () => ({
      data: folder.write(
        'deep.ndjson',
        each((row, i) => row && { ...row, amount: share(i, 0.2) ? ({ value: 5 } as never) : (row.amount as number) })
          .map((row) => JSON.stringify(row))
          .join('\n'),
      ),
    }),
    tells: alarm('typeErrors', 'amount'),
  },
  {
    given: 'text among the numbers of the data',
    files: () => ({
      data: folder.csv(
        'mixed.csv',
        each((row, i) => ({ ...row, amount: share(i, 0.2) ? 'n/a' : (row.amount ?? null) })),
      ),
    }),
    tells: (report) => {
      alarm('typeErrors', 'amount')(report);
      expect(report.window.anomalies).toEqual({ 'wrong-type': 60 });
    },
  },
  {
    given: 'text among the numbers of the baseline',
    files: () => ({
      baseline: folder.csv(
        'mixed-past.csv',
        past.map((row, i) => ({ ...row, amount: i % 50 === 0 ? 'n/a' : (row.amount ?? null) })),
      ),
      data: folder.csv('fine.csv', now),
    }),
    tells: (report) => {
      expect(report.notes).toContainEqual(expect.stringContaining('amount is taken as numeric'));
      expect(report.baseline.anomalies).toEqual({ 'wrong-type': 12 });
      expect(report.columns).toContainEqual(expect.objectContaining({ column: 'amount', kind: 'numeric', verdict: 'steady' }));
    },
  },
  {
    given: 'a Parquet column that became text',
    files: async () => ({
      baseline: await folder.parquet('typed.parquet', 'SELECT (i * 37 % 101)::DOUBLE AS x FROM range(500) t(i)'),
      data: await folder.parquet('retyped.parquet', "SELECT (i * 37 % 101)::VARCHAR || ' EUR' AS x FROM range(300) t(i)"),
    }),
    tells: alarm('typeErrors', 'x'),
  },
  {
    given: 'a Parquet column of text that became numbers',
    files: async () => ({
      baseline: await folder.parquet('words.parquet', "SELECT 'size ' || (i % 5) AS x FROM range(500) t(i)"),
      data: await folder.parquet('figures.parquet', 'SELECT i % 5 AS x FROM range(300) t(i)'),
    }),
    tells: alarm('unseen', 'x'),
  },
  {
    given: 'columns named like what every object has',
    files: () => {
      const raced = (rows: readonly Row[]) =>
        rows.map((row) => ({ ...row, constructor: row.plan as string, valueOf: row.amount as number }));
      return {
        baseline: folder.csv('raced.csv', raced(past)),
        data: folder.ndjson('raced-now.ndjson', [...raced(now), ...now.slice(0, 3)]),
      };
    },
    tells: (report) => {
      expect(report.window).toMatchObject({ rows: 303, anomalies: {} });
      expect(report.columns).toContainEqual(
        expect.objectContaining({ column: 'constructor', kind: 'categorical', nulls: { baseline: 0, window: 3 } }),
      );
      expect(report.columns).toContainEqual(expect.objectContaining({ column: 'valueOf', kind: 'numeric', verdict: 'steady' }));
    },
  },
  {
    given: 'lists of numbers in a Parquet column',
    files: async () => {
      const lists = (rows: number) =>
        `SELECT i % 7 AS y, [i % 3, 1] AS whole, [i::DOUBLE, 0.5] AS vector, [0.5::DECIMAL(3, 1)] AS few FROM range(${rows}) t(i)`;
      return { baseline: await folder.parquet('lists.parquet', lists(500)), data: await folder.parquet('more-lists.parquet', lists(300)) };
    },
    tells: (report) => {
      expect(report).toMatchObject({ verdict: 'steady', window: { rows: 300 } });
      expect(report.columns).toContainEqual(expect.objectContaining({ column: 'whole', kind: 'categorical' }));
      ignored('vector', /^ids: text/)(report);
    },
  },
  {
    given: 'values gone missing',
    files: () => ({
      data: folder.csv(
        'gaps.csv',
        each((row, i) => ({ ...row, plan: share(i, 0.3) ? null : (row.plan ?? null) })),
      ),
    }),
    tells: alarm('nulls', 'plan'),
  },
  {
    given: 'a column that became empty',
    files: () => ({
      data: folder.csv(
        'void.csv',
        each((row) => ({ ...row, amount: null })),
      ),
    }),
    tells: alarm('nulls', 'amount'),
  },
  {
    given: 'a column that is empty in both',
    files: () => ({
      baseline: folder.csv(
        'void-past.csv',
        past.map((row) => ({ ...row, spare: null })),
      ),
      data: folder.csv(
        'void-now.csv',
        each((row) => ({ ...row, spare: null })),
      ),
    }),
    tells: ignored('spare', /^no values$/),
  },
  {
    given: 'a column that was empty and is no longer',
    files: () => ({
      baseline: folder.csv(
        'void-past.csv',
        past.map((row) => ({ ...row, spare: null })),
      ),
      data: folder.csv(
        'filled.csv',
        each((row) => ({ ...row, spare: 5 })),
      ),
    }),
    tells: (report) =>
      expect(report).toMatchObject({
        verdict: 'inconclusive',
        says: expect.stringContaining('spare cannot be judged: needs baseline rows with a value'),
      }),
  },
  {
    given: 'a constant',
    files: () => ({
      baseline: folder.csv(
        'same-past.csv',
        past.map((row) => ({ ...row, unit: 'kg' })),
      ),
      data: folder.csv(
        'same.csv',
        each((row) => ({ ...row, unit: 'kg' })),
      ),
    }),
    tells: ignored('unit', /^constant/),
  },
  {
    given: 'a constant that became another',
    files: () => ({
      baseline: folder.csv(
        'same-past.csv',
        past.map((row) => ({ ...row, rate: 1 })),
      ),
      data: folder.csv(
        'changed.csv',
        each((row) => ({ ...row, rate: 2 })),
      ),
    }),
    tells: (report) => {
      expect(report.columns[0]).toMatchObject({ column: 'rate', movement: 'alarm', statistics: { kolmogorovSmirnov: 1 } });
      expect(report.columns[0]?.pValue).toBeLessThan(1e-100);
      expect(report.columns[0]?.distribution).toMatchObject({ baseline: [0, 1, 0], window: [0, 0, 1] });
    },
  },
  {
    given: 'zero with a sign',
    files: () => ({
      baseline: folder.csv(
        'zero-past.csv',
        past.map((row) => ({ ...row, zero: '0' })),
      ),
      data: folder.csv(
        'zero.csv',
        each((row) => ({ ...row, zero: '-0' })),
      ),
    }),
    tells: ignored('zero', /^constant/),
  },
  {
    given: 'nothing but NaN',
    files: async () => ({
      baseline: await numbers('FROM range(500) t(i)'),
      data: await folder.parquet('nan.parquet', "SELECT 'nan'::DOUBLE AS x, i % 7 AS y FROM range(200) t(i)"),
    }),
    tells: alarm('notANumber', 'x'),
  },
  {
    given: 'nothing but NaN in both',
    files: async () => {
      const nan = await folder.parquet('nan.parquet', "SELECT 'nan'::DOUBLE AS x, i % 7 AS y FROM range(200) t(i)");
      return { baseline: nan, data: nan };
    },
    tells: (report) => {
      ignored('x', /^no values$/)(report);
      expect(report.columns.map(({ column }) => column)).toEqual(['y']);
    },
  },
  {
    given: 'numbers without end',
    files: () => ({
      data: folder.csv(
        'endless.csv',
        each((row, i) => ({ ...row, amount: share(i, 0.2) ? (i % 2 ? 'inf' : '-Infinity') : (row.amount ?? null) })),
      ),
    }),
    tells: alarm('infinite', 'amount'),
  },
  {
    given: 'a category never seen',
    files: () => ({
      data: folder.csv(
        'new.csv',
        each((row, i) => ({ ...row, plan: share(i, 0.2) ? 'gold' : (row.plan ?? null) })),
      ),
    }),
    tells: alarm('unseen', 'plan'),
  },
  {
    given: 'a hundred thousand categories, of which each sample holds others',
    files: async () => {
      const names = (rows: number, seed: number) =>
        `SELECT 'c' || (hash(i * 7919 + ${seed}) % 100000) AS word, i % 7 AS y FROM range(${rows}) t(i)`;
      return {
        baseline: await folder.parquet('words.parquet', names(60_000, 1)),
        data: await folder.parquet('more-words.parquet', names(20_000, 2)),
      };
    },
    tells: (report) => expect(report).toMatchObject({ verdict: 'steady', window: { rows: 20_000 } }),
  },
  {
    given: 'five thousand categories of which most are seen once',
    files: async () => {
      const names = (rows: number, seed: number) =>
        `SELECT 'c' || (hash(i * 7919 + ${seed}) % 5000) AS word, i % 7 AS y FROM range(${rows}) t(i)`;
      return {
        baseline: await folder.parquet('words.parquet', names(3000, 1)),
        data: await folder.parquet('more-words.parquet', names(2000, 2)),
      };
    },
    tells: (report) => {
      const unseen = report.quality.flaws.find(({ flaw }) => flaw === 'unseen');
      expect(unseen?.share).toBeGreaterThan(0.4);
      expect(unseen?.shareInBaseline).toBeCloseTo(unseen?.share ?? 0, 1);
      expect(report.verdict).toBe('steady');
    },
  },
  {
    given: 'ids',
    files: () => ({
      baseline: folder.csv(
        'ids-past.csv',
        past.map((row, i) => ({ order_id: i, key: `k${i}`, ...row })),
      ),
      data: folder.csv(
        'ids.csv',
        each((row, i) => ({ order_id: i + 600, key: `k${i + 600}`, ...row })),
      ),
    }),
    tells: (report) => {
      ignored('order_id', /^ids: whole numbers/)(report);
      ignored('key', /^ids: text/)(report);
    },
  },
  {
    given: 'times of the future',
    files: () => ({
      data: folder.csv(
        'future.csv',
        each((row, i) => (i === 0 ? { ...row, at: '2999-01-01' } : row)),
      ),
      time: 'at',
      asOf: new Date('2024-06-01'),
    }),
    tells: (report) => {
      counted({ 'future-time': 1 })(report);
      expect(report.window).toMatchObject({ rows: 299, to: '2024-01-26T00:00:00.000Z' });
    },
  },
  {
    given: 'times no calendar holds',
    files: () => ({
      data: folder.csv(
        'beyond.csv',
        each((row, i) => (i < 3 ? { ...row, at: ['infinity', '290000-01-01', '0000-00-00'][i] as string } : row)),
      ),
      time: 'at',
    }),
    tells: counted({ 'missing-time': 3 }),
  },
  {
    given: 'a stray row of 1970',
    files: () => ({
      data: folder.csv(
        'epoch.csv',
        each((row, i) => (i === 0 ? { ...row, at: '1970-01-01' } : row)),
      ),
      time: 'at',
    }),
    tells: (report) => expect(report.window).toMatchObject({ rows: 300, from: '2024-01-21T00:00:00.000Z' }),
  },
  {
    given: 'times that cannot be read',
    files: () => ({
      data: folder.csv(
        'unreadable.csv',
        each((row, i) => (share(i, 0.2) ? { ...row, at: 'last Tuesday' } : row)),
      ),
      time: 'at',
    }),
    tells: counted({ 'missing-time': 60 }, 'inconclusive'),
  },
  {
    given: 'a time column of no times',
    files: () => ({ data: folder.csv('fine.csv', now), time: 'plan' }),
    tells: (report) => expect(report).toMatchObject({ verdict: 'inconclusive', window: { rows: 0, anomalies: { 'missing-time': 300 } } }),
  },
  {
    given: 'a column that the data lack, and one that the baseline lacks',
    files: () => ({
      data: folder.csv(
        'columns.csv',
        each(({ amount, at }) => ({ amount: amount ?? null, at: at ?? null, colour: 'red' })),
      ),
    }),
    tells: (report) => {
      alarm('nulls', 'plan')(report);
      expect(report.quality).toMatchObject({ missingColumns: ['plan'], newColumns: ['colour'] });
    },
  },
];

function indexed(rows: readonly Row[]): string {
  return csvOf(rows.map((row, index) => ({ '': index % 50, ...row })));
}

async function answerTo({ files }: Case): Promise<{ report: CheckReport } | { fault: Error }> {
  const options = { baseline, data: baseline, ...(await files()) };
  return check(options).then(
    (report) => ({ report }),
    (fault: Error) => ({ fault }),
  );
}

describe.each(cases)('given $given', (one) => {
  it(`when it is checked, then ${one.fault ? 'the error says what and where' : 'it is counted and told'}, and nothing else breaks`, async () => {
    const answer = await answerTo(one);
    if ('fault' in answer) {
      expect(answer.fault.message).toMatch(one.fault ?? /^no error$/);
      expect(answer.fault.name).toBe('TableUnusable');
      return;
    }
    expect(one.fault, answer.report.says).toBeUndefined();
    one.tells?.(answer.report);
    const text = canonicalJson(answer.report);
    expect(text.length).toBeLessThan(50_000);
  });
});

it.skipIf(process.getuid?.() === 0)(
  'given a file one may not read (skipped for root, who may), when it is checked, then the error says so',
  async () => {
    const path = folder.csv('locked.csv', now);
    chmodSync(path, 0o000);
    await expect(check({ baseline, data: path })).rejects.toThrow(/locked\.csv cannot be read: EACCES.*Who may read it\?/);
  },
);
