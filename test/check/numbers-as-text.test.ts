import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { numbersAsText } from '../../domain/check/numbers-as-text.ts';
import { renderCheck } from '../../domain/check/render-check.ts';
import { check } from '../../library/index.ts';
import { Folder } from './tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

it.each([
  [['1,23', '4,5', '17'], 'a decimal comma', '1.23'],
  [['-1.234,56', '7,10'], 'a decimal comma', '-1234.56'],
  [['1,234', '12,345,678', '17'], 'separators of thousands', '1234'],
  [['1,234', '1,5'], 'a decimal comma', '1.234'],
  [['1,234.5', '2,000.25'], 'separators of thousands', '1234.5'],
  [['1.234.567', '12.345.678'], 'separators of thousands', '1234567'],
  [["1'234.5", "2'000"], 'separators of thousands', '1234.5'],
  [['1 234,5', '2\u00a0000,1'], 'a decimal comma and separators of thousands', '1234.5'],
  [['12%', '3.5 %'], 'a percent sign', '12'],
  [['12,5 %', '3 %'], 'a decimal comma and a percent sign', '12.5'],
  [['$12.50', '-$3', '$1,000.00'], 'separators of thousands and a currency', '12.50'],
  [['12,50 €', '3,00 €'], 'a decimal comma and a currency', '12.50'],
  [['USD 5', '7 EUR'], 'a currency', '5'],
])('given %j, when they are looked at, then they are numbers written with %s', (values, how, readable) => {
  expect(numbersAsText(values)).toEqual({ with: how, example: { written: values[0], readable } });
});

it.each([
  [['1.5', '2', '-3', '1e5']],
  [['free', 'pro', '1,5']],
  [['2024-01-31', '2024-02-01']],
  [['31.01.2024', '01.02.2024']],
  [['10.0.0.1', '10.0.0.2']],
  [['030 123 456', '040 123 456']],
  [['a-1,5', 'b-2,5']],
  [['EUR', 'USD']],
  [['', ' ']],
  [[]],
])('given %j, when they are looked at, then nothing is said', (values) => {
  expect(numbersAsText(values)).toBeUndefined();
});

it('given any numbers written as in Germany, when they are looked at, then the first can be read as what it is', () => {
  const german = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const numbers = fc.array(
    fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(numbers, (values) => {
      expect(Number(numbersAsText(values.map((value) => german.format(value)))?.example.readable)).toBe(values[0]);
    }),
  );
});

it('given a table whose prices have decimal commas, when it is checked, then they are no ids, and a note says what to do', async () => {
  const rows = (from: number) =>
    Array.from({ length: 200 }, (_, row) => `${(row * 7) % 20};${`${(from + row * 0.37).toFixed(2)}`.replace('.', ',')}\n`).join('');
  const report = await check({
    baseline: folder.write('past.csv', `amount;price\n${rows(1)}`),
    data: folder.write('now.csv', `amount;price\n${rows(300)}`),
  });
  expect(report.ignored).toEqual([{ column: 'price', reason: 'numbers written as text: see the notes' }]);
  expect(renderCheck(report)).toContain(
    'price holds numbers written with a decimal comma, such as "1,00": they are read as text, not as numbers. Write them with a point and nothing else, as 1.00.',
  );
});
