import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rootsOf } from '../worker/roots.ts';
import { driftFile, lateOutcomes, repeatedFile } from './drift-files.ts';
import { type Measured, measuredProcess } from './measured-process.ts';
import { peersPython } from './peers-python.ts';

const rows = 1_000_000;
const runs = 3;
/** How many times as long the peer takes: when both files are counted, and when the baseline was counted before. */
const peers = { scipy: [5, 10], nannyml: [6, 12], evidently: [50, 100] } as const;
const mostMebibytes = 450;
const mostTimesStreaming = 3;
const mostTimesWithSegments = 2;
const largeTimes = { wall: 11.5, memory: 1.3 };
const rollingSeconds = 0.5;

/**
 * The check of one Parquet file against another, 50 columns and a million rows each, as the built program runs it: whole processes, wall
 * and CPU time, peak memory; beside reading the same columns alone, and beside peers on the same files. Then a month of predictions
 * joined with outcomes that come later, and a look at two years of daily entries. Ends with 1 where a target is missed. Linux only.
 *
 * `--large`: ten times the rows as well. `--without-peers`: no Python.
 */
async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { large: { type: 'boolean' }, 'without-peers': { type: 'boolean' } } });
  const { packageRoot, cacheRoot } = rootsOf(process.cwd(), process.env);
  const folder = join(cacheRoot, 'bench-drift-1');
  const program = join(packageRoot, 'dist/scripts/anchorwatch.js');
  if (!existsSync(program)) throw new Error('The built program is measured: run `npm run build` first.');
  const files = {
    baseline: await driftFile(folder, { rows, seed: 1, shift: 0 }),
    data: await driftFile(folder, { rows, seed: 2, shift: 0.1 }),
  };
  const anchorwatch = (...args: string[]) => measuredProcess(process.execPath, [program, ...args]).then(endedWell);
  const check = (before: string, now: string, ...more: string[]) =>
    anchorwatch('check', '--baseline', before, '--data', now, '--json', ...more);
  const profile = join(folder, 'baseline.json');
  const counted = await anchorwatch('profile', files.baseline, '--output', profile);

  const [both, atHand, reading, withSegments] = await alternately([
    () => check(files.baseline, files.data),
    () => check(profile, files.data),
    () => measuredProcess(process.execPath, [join(import.meta.dirname, 'stream-columns.mjs'), files.baseline, files.data]),
    () => check(files.baseline, files.data, '--policy', segmentsPolicy(folder)),
  ]);
  tell('both files counted', both);
  tell('counting the baseline once', summary([counted]));
  tell('baseline at hand', atHand);
  tell('three segments', withSegments);
  tell('reading alone', reading);
  hold('peak memory', both.peakMebibytes, { most: mostMebibytes }, 'MiB');
  hold('CPU over that of reading alone', both.cpuSeconds / reading.cpuSeconds, { most: mostTimesStreaming }, 'times');
  hold('three segments over none, CPU', withSegments.cpuSeconds / both.cpuSeconds, { most: mostTimesWithSegments }, 'times');

  if (options.large) {
    const large = summary([await check(await repeatedFile(files.baseline, 10), await repeatedFile(files.data, 10))]);
    tell('both, 10M rows', large);
    hold('10M rows over 1M, wall', large.wallSeconds / both.wallSeconds, { most: largeTimes.wall }, 'times');
    hold('10M rows over 1M, peak memory', large.peakMebibytes / both.peakMebibytes, { most: largeTimes.memory }, 'times');
  }

  await rollingWindow();
  await joined(files.baseline);
  if (!options['without-peers']) await besidePeers(peersPython(cacheRoot), files, { both, atHand });
}

/** Three values of a column, told apart. */
function segmentsPolicy(folder: string): string {
  const path = join(folder, 'segments.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, 'model: bench\ntask: regression\nsources: {predictions: gateway}\nsegments: {k0: [c0, c1, c2]}\n');
  return path;
}

/** Held is the CPU time of the fastest of five looks: a worker that watches has looked before, and a look has one thread. */
async function rollingWindow(): Promise<void> {
  const script = join(import.meta.dirname, 'rolling-window.ts');
  const { output } = endedWell(await measuredProcess(process.execPath, ['--import', 'tsx', script]));
  const { entries, first, fastest } = JSON.parse(output) as Record<'first' | 'fastest', Pick<Measured, 'wallSeconds' | 'cpuSeconds'>> & {
    entries: number;
  };
  for (const [which, { wallSeconds, cpuSeconds }] of Object.entries({ 'first look of a process': first, 'fastest of five looks': fastest }))
    console.log(`${which.padEnd(width)}wall ${wallSeconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s, out of ${entries} daily entries`);
  hold('30 days, 7 days, 26 weeks out of two years', fastest.cpuSeconds, { most: rollingSeconds }, 's of CPU');
}

async function joined(file: string): Promise<void> {
  const { predictions, outcomes } = await lateOutcomes(file);
  const script = join(import.meta.dirname, 'late-outcomes.ts');
  const measured = endedWell(await measuredProcess(process.execPath, ['--import', 'tsx', script, predictions, outcomes]));
  const { matched, predictionsSeconds, outcomesSeconds } = JSON.parse(measured.output) as Record<string, number>;
  if (matched !== rows) throw new Error(`${matched} of ${rows} outcomes met their prediction.`);
  tell('1M late outcomes joined', summary([measured]));
  console.log(`${''.padEnd(width)}predictions ${predictionsSeconds?.toFixed(2)} s, outcomes ${outcomesSeconds?.toFixed(2)} s`);
}

async function besidePeers(
  python: string,
  { baseline, data }: Readonly<Record<'baseline' | 'data', string>>,
  { both, atHand }: Readonly<Record<'both' | 'atHand', Summary>>,
): Promise<void> {
  for (const [peer, [leastBoth, leastAtHand]] of Object.entries(peers)) {
    const script = join(import.meta.dirname, 'peers.py');
    const theirs = endedWell(await measuredProcess(python, [script, peer, baseline, data]));
    tell(`${peer} ${theirs.output.trim().split('\n').at(-1)}`, summary([theirs]));
    hold(`${peer} over both files counted`, theirs.wallSeconds / both.wallSeconds, { least: leastBoth }, 'times');
    hold(`${peer} over the baseline at hand`, theirs.wallSeconds / atHand.wallSeconds, { least: leastAtHand }, 'times');
  }
}

/** A check of these files is steady, for .1 sigma is there but under every threshold. */
function endedWell(measured: Measured): Measured {
  if (measured.exitCode !== 0) throw new Error(`A measured program ended with ${measured.exitCode}.`);
  return measured;
}

/** Takes turns, so that what else the machine does meets all alike. @returns of each the median of every figure */
async function alternately<Programs extends readonly (() => Promise<Measured>)[]>(
  programs: readonly [...Programs],
): Promise<{ [K in keyof Programs]: Summary }> {
  const taken = programs.map((): Measured[] => []);
  for (let run = 0; run < runs; run++) for (const [which, program] of programs.entries()) taken[which]?.push(await program());
  return taken.map(summary) as { [K in keyof Programs]: Summary };
}

interface Summary extends Pick<Measured, 'wallSeconds' | 'cpuSeconds' | 'peakMebibytes'> {
  readonly fastestSeconds: number;
}

function summary(measured: readonly Measured[]): Summary {
  const sorted = (figure: keyof Pick<Measured, 'wallSeconds' | 'cpuSeconds' | 'peakMebibytes'>) =>
    measured.map((one) => one[figure]).sort((a, b) => a - b);
  const median = (figures: readonly number[]) => figures[figures.length >> 1] as number;
  return {
    wallSeconds: median(sorted('wallSeconds')),
    fastestSeconds: sorted('wallSeconds')[0] as number,
    cpuSeconds: median(sorted('cpuSeconds')),
    peakMebibytes: median(sorted('peakMebibytes')),
  };
}

const width = 28;

function tell(what: string, { wallSeconds, fastestSeconds, cpuSeconds, peakMebibytes }: Summary): void {
  const figures = [
    `wall ${wallSeconds.toFixed(2)} s (fastest ${fastestSeconds.toFixed(2)})`,
    `CPU ${cpuSeconds.toFixed(2)} s`,
    `peak ${peakMebibytes.toFixed(0)} MiB`,
  ];
  console.log(`${what.padEnd(width)}${figures.join(', ')}`);
}

function hold(what: string, figure: number, target: { readonly most: number } | { readonly least: number }, unit: string): void {
  const holds = 'most' in target ? figure <= target.most : figure >= target.least;
  const asked = 'most' in target ? `at most ${target.most}` : `at least ${target.least}`;
  console.log(`${holds ? 'met   ' : 'missed'}  ${what}: ${figure.toPrecision(3)} ${unit}, ${asked}`);
  if (!holds) process.exitCode = 1;
}

await main();
