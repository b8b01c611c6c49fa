import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Everything that must hold before a change is taken. Each stage runs, whatever became of the one before it; the last line tells the
// sum, each stage but the tests counting as one. Arguments are handed to vitest: `npm test -- test/gateway`.

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', (fault) => {
      console.error(`${command}: ${fault.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/**
 * Counts what vitest wrote down; a run that crashed, or failed outside of any test, counts as one failure more. In CI a system test that
 * was skipped is a failure: it is what shows that the whole works.
 */
async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-check-'));
  const file = join(folder, 'vitest.json');
  try {
    const code = await run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]);
    const { numPassedTests: passed, numFailedTests: broken, testResults = [] } = readCounts(file);
    const skipped = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'skipped' || status === 'pending')
        .map(({ fullName }) => ({ file: name, fullName })),
    );
    const missed = process.env.CI ? skipped.filter(({ file: path }) => path.includes('/test/system/')) : [];
    for (const { file: path, fullName } of missed) console.error(`may not be skipped here: ${path}: ${fullName}`);
    const failed = broken + missed.length;
    return { passed, failed: failed + (code !== 0 && failed === 0 ? 1 : 0), skipped: skipped.length - missed.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('vitest left no result: it crashed.');
    return { numPassedTests: 0, numFailedTests: 1 };
  }
}

const stages = [
  ['set-up', process.execPath, ['scripts/setup.mjs']],
  ['lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['--noEmit']],
  [
    'shape',
    bin('depcruise'),
    [
      '--config',
      '.dependency-cruiser.cjs',
      ...['domain', 'workflows', 'activities', 'adapters', 'library', 'worker', 'gateway', 'scripts'],
    ],
  ],
  ['dead code', bin('knip'), ['--no-progress']],
];

const results = [];
for (const [name, command, args] of stages) {
  console.log(`\n── ${name}`);
  const code = await run(command, args);
  results.push({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
}
console.log('\n── tests');
const chosen = process.argv.slice(2);
results.push({
  name: 'tests',
  ...(await runTests(chosen.length > 0 ? chosen : ['--project', 'unit', '--project', 'workflows', '--project', 'system'])),
});

console.log('');
for (const { name, passed, failed, skipped = 0 } of results)
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${name.padEnd(10)} ${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
  );
const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
