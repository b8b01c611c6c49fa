import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { ensureLaunched } from '../../process/launch/ensure-launched.ts';
import { launchFiles } from '../../process/launch/launch-files.ts';
import { launchStatus } from '../../process/launch/launch-status.ts';
import { stopLaunched } from '../../process/launch/stop-launched.ts';
import { logTail } from '../../process/log-tail.ts';
import { writeOnce } from '../../process/write-once.ts';
import { contentInWords, contentOf } from '../files/content-of.ts';
import type { Interval } from './interval.ts';
import { type ProgramFault, SourceProgramFailed } from './source-program-failed.ts';

export interface AskedProgram {
  readonly model: ModelName;
  /** Its place in the policy, such as `sources.outcomes`. */
  readonly source: string;
  /** For the shell. */
  readonly run: string;
  readonly timeLimitSeconds: number;
  /** Where it runs: the folder of the policy file. */
  readonly folder: string;
  /** Searched before PATH. */
  readonly pathPrefix: string | undefined;
}

/** A table the program gave, or that it had nothing to give. */
export type Given = { readonly asked: Interval; readonly table?: { readonly path: string; readonly format: Segment['format'] } };

const lookMilliseconds = 50;
const linesShown = 5;

/**
 * Asks a program for an interval and waits for it. Callers that ask at once, in whatever process, wait for the same run and get its
 * answer, for the interval it was started with. A run that failed before is followed by another; one that had nothing to give by the end
 * of the interval is not asked again.
 *
 * @param launches folder of this question's runs, `<n>/` each: interval.json, spec.json, log, exit.json, output
 * @param signal   ends the program with all it started
 * @throws SourceProgramFailed
 */
export async function askProgram(launches: string, program: AskedProgram, interval: Interval, signal?: AbortSignal): Promise<Given> {
  const last = await lastRun(launches);
  const before = last && (await answerOf(program, last.folder));
  const isAnswer = before !== undefined && !(before instanceof SourceProgramFailed);
  if (isAnswer && (before.table !== undefined || before.asked.to >= interval.to)) return before;

  const isUnderWay = last !== undefined && before === undefined;
  const folder = isUnderWay ? last.folder : join(launches, String((last?.number ?? -1) + 1).padStart(4, '0'));
  await launch(folder, program, interval);
  await waitFor(folder, signal);
  const answer = (await answerOf(program, folder)) as Given | SourceProgramFailed;
  if (answer instanceof SourceProgramFailed) throw answer;
  return answer;
}

async function lastRun(launches: string): Promise<{ number: number; folder: string } | undefined> {
  const names = (await readdir(launches).catch(() => [] as string[])).filter((name) => /^\d+$/.test(name)).sort();
  const last = names.at(-1);
  return last === undefined ? undefined : { number: Number(last), folder: join(launches, last) };
}

async function launch(folder: string, program: AskedProgram, interval: Interval): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeOnce(join(folder, 'interval.json'), JSON.stringify(interval));
  const asked = await intervalOf(folder);
  const output = join(folder, 'output');
  const environment = {
    ...process.env,
    PATH: [program.pathPrefix, process.env.PATH].filter(Boolean).join(delimiter),
    ANCHORWATCH_MODEL: program.model,
    ANCHORWATCH_FROM: asked.from,
    ANCHORWATCH_TO: asked.to,
    ANCHORWATCH_OUTPUT: output,
  };
  const command = `set -- ${[asked.from, asked.to, output].map(quoted).join(' ')}\n${program.run}`;
  await ensureLaunched(folder, { command, folder: program.folder, timeLimitSeconds: program.timeLimitSeconds }, environment);
}

async function waitFor(folder: string, signal: AbortSignal | undefined): Promise<void> {
  while ((await launchStatus(folder)).state !== 'ended') {
    if (signal?.aborted) {
      await stopLaunched(folder);
      throw signal.reason;
    }
    await sleep(lookMilliseconds);
  }
}

/** Undefined while the run has not ended. */
async function answerOf({ source, timeLimitSeconds }: AskedProgram, folder: string): Promise<Given | SourceProgramFailed | undefined> {
  const status = await launchStatus(folder);
  if (status.state !== 'ended') return undefined;
  const asked = await intervalOf(folder);
  const log = launchFiles(folder).log;
  const failed = async (code: ProgramFault, what: string) =>
    new SourceProgramFailed(code, source, asked, what, { path: log, tail: await logTail(log, linesShown) });
  if (status.why === 'time-limit') return failed('time-limit', `was ended after its time limit of ${timeLimitSeconds} s`);
  if (status.why !== undefined) return failed('ended', `was ${status.why}`);
  if (status.exitCode !== 0) return failed('exit-code', `ended with exit code ${status.exitCode}`);

  const path = join(folder, 'output');
  const written = await stat(path).catch(() => undefined);
  if (written === undefined) return { asked };
  if (written.size === 0) return failed('no-table', 'wrote an empty file; without rows it must write a table without rows, or no file');
  const content = await contentOf(path);
  const format = content === 'text' ? 'csv' : content;
  if (format === 'parquet' || format === 'csv' || format === 'ndjson') return { asked, table: { path, format } };
  return failed('no-table', `wrote ${contentInWords[content]}, where Parquet, CSV or JSON lines are read`);
}

async function intervalOf(folder: string): Promise<Interval> {
  return JSON.parse(await readFile(join(folder, 'interval.json'), 'utf8')) as Interval;
}

/** For the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
