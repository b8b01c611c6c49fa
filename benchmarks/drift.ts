import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rootsOf } from '../worker/roots.ts';
import { driftFile, repeatedFile } from './drift-files.ts';
import { type Measured, measuredProcess } from './measured-process.ts';
import { peersPython } from './peers-python.ts';

const rows = 1_000_000;
const runs = 3;
/** How many times as long the peer takes when both sides are counted. */
const peers = { scipy: 5, nannyml: 6, evidently: 50 };
const mostMebibytes = 450;
const mostTimesStreaming = 3;
const largeTimes = { wall: 11.5, memory: 1.3 };

/**
 * The check of one Parquet file against another, 50 columns and a million rows each, as the built program runs it: whole processes, wall
 * and CPU time, peak memory; beside reading the same columns alone, and beside peers on the same files. Ends with 1 where a target is
 * missed. Linux only.
 *
 * `--large`: ten times the rows as well. `--without-peers`: no Python.
 */
async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { large: { type: 'boolean' }, 'without-peers': { type: 'boolean' } } });
  const { packageRoot, cacheRoot } = rootsOf(process.cwd(), process.env);
  const folder = join(cacheRoot, 'bench-drift-1');
  const baseline = await driftFile(folder, { rows, seed: 1, shift: 0 });
  const data = await driftFile(folder, { rows, seed: 2, shift: 0.1 });
  const program = join(packageRoot, 'dist/scripts/anchorwatch.js');
  if (!existsSync(program)) throw new Error('The built program is measured: run `npm run build` first.');
  const check = (before: string, now: string) =>
    measuredProcess(process.execPath, [program, 'check', '--baseline', before, '--data', now, '--json']).then(checked);
  const stream = join(import.meta.dirname, 'stream-columns.mjs');
  const streamed = () => measuredProcess(process.execPath, [stream, baseline, data]);

  const misses: string[] = [];
  const hold = (holds: boolean, says: string) => {
    console.log(`${holds ? 'met   ' : 'missed'}  ${says}`);
    if (!holds) misses.push(says);
  };

  const [ours, reading] = await alternately([() => check(baseline, data), streamed]);
  tell('check', ours);
  tell('reading alone', reading);
  hold(ours.peakMebibytes <= mostMebibytes, `peak ${ours.peakMebibytes.toFixed(0)} MiB, at most ${mostMebibytes}`);
  const ratio = ours.cpuSeconds / reading.cpuSeconds;
  hold(ratio <= mostTimesStreaming, `CPU ${ratio.toFixed(2)} times that of reading alone, at most ${mostTimesStreaming}`);

  if (options.large) {
    const [before, now] = [await repeatedFile(baseline, 10), await repeatedFile(data, 10)];
    const large = await check(before, now);
    tell('check, 10M rows', summary([large]));
    const [time, memory] = [large.wallSeconds / ours.wallSeconds, large.peakMebibytes / ours.peakMebibytes];
    hold(time <= largeTimes.wall, `10M rows take ${time.toFixed(2)} times as long, at most ${largeTimes.wall}`);
    hold(memory <= largeTimes.memory, `10M rows take ${memory.toFixed(2)} times the memory, at most ${largeTimes.memory}`);
  }

  if (!options['without-peers']) {
    const python = peersPython(cacheRoot);
    for (const [peer, least] of Object.entries(peers)) {
      const theirs = await measuredProcess(python, [join(import.meta.dirname, 'peers.py'), peer, baseline, data]);
      if (theirs.exitCode !== 0) throw new Error(`${peer} ended with ${theirs.exitCode}.`);
      tell(`${peer} ${theirs.output.trim().split('\n').at(-1)}`, summary([theirs]));
      const times = theirs.wallSeconds / ours.wallSeconds;
      hold(times >= least, `${peer} takes ${times.toFixed(1)} times as long, at least ${least}`);
    }
  }
  process.exitCode = misses.length === 0 ? 0 : 1;
}

/** A check that ran to its end: steady, for .1 sigma is there but under every threshold. */
function checked(measured: Measured): Measured {
  if (measured.exitCode !== 0) throw new Error(`The check ended with ${measured.exitCode}; these files are steady.`);
  return measured;
}

/** Takes turns, so that what else the machine does meets both alike. @returns of each the median of every figure */
async function alternately(programs: readonly [() => Promise<Measured>, () => Promise<Measured>]): Promise<[Summary, Summary]> {
  const taken: [Measured[], Measured[]] = [[], []];
  for (let run = 0; run < runs; run++) for (const which of [0, 1] as const) taken[which].push(await programs[which]());
  return [summary(taken[0]), summary(taken[1])];
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

function tell(what: string, { wallSeconds, fastestSeconds, cpuSeconds, peakMebibytes }: Summary): void {
  const figures = [
    `wall ${wallSeconds.toFixed(2)} s (fastest ${fastestSeconds.toFixed(2)})`,
    `CPU ${cpuSeconds.toFixed(2)} s`,
    `peak ${peakMebibytes.toFixed(0)} MiB`,
  ];
  console.log(`${what.padEnd(20)}${figures.join(', ')}`);
}

await main();
