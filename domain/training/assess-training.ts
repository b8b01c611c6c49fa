import type { TrainingResult } from './manifest.ts';
import type { TrainingOutput, TrainingProgram, TrainingStatus } from './trainer.port.ts';

export type TrainingFailureCode =
  | 'TrainingProgramMissing'
  | 'TrainingFailed'
  | 'TrainingTimeLimit'
  | 'TrainingDiverged'
  | 'TrainingStopped'
  | 'TrainingLost'
  | 'TrainingResultMissing'
  | 'TrainingResultInvalid';

/** Why there is no model: a code for programs, a text for people with the log's last lines. */
export interface TrainingFailure {
  readonly code: TrainingFailureCode;
  readonly says: string;
}

type Ended = Extract<TrainingStatus, { state: 'ended' }>;
type Problem = readonly [code: TrainingFailureCode, happened: string, todo: string];

/**
 * What came of a program that ended: its result, or what went wrong, the gravest first: divergence, how it ended, what it left.
 *
 * @param output looked at only when the program itself ended well
 */
export function assessTraining(
  program: TrainingProgram,
  ended: Ended,
  output: TrainingOutput,
): { readonly result: TrainingResult } | { readonly failure: TrainingFailure } {
  const problem = divergence(ended) ?? cutShort(program, ended) ?? badExit(ended);
  if (problem === undefined && output.state === 'written') return { result: output.result };
  const [code, happened, todo] = problem ?? badOutput(output);
  return { failure: { code, says: [`${happened}: "${program.command}" in ${program.folder}. ${todo}`, ...logPart(ended)].join('\n') } };
}

/** A loss that is no number never becomes one again: the program may be stopped at once. */
export function hasDiverged(status: TrainingStatus): boolean {
  return status.state !== 'absent' && Number.isNaN(status.progress?.loss);
}

function divergence(ended: Ended): Problem | undefined {
  if (!hasDiverged(ended)) return undefined;
  const happened = `The loss is no finite number at step ${ended.progress?.step}`;
  return ['TrainingDiverged', happened, 'Lower the learning rate, or look for odd values in the data.'];
}

function cutShort(program: TrainingProgram, { why }: Ended): Problem | undefined {
  switch (why) {
    case undefined:
      return undefined;
    case 'time-limit':
      return [
        'TrainingTimeLimit',
        `Stopped at its limit of ${program.timeLimitSeconds} s`,
        'Make it faster, or give it more time in the policy.',
      ];
    case 'stopped':
      return ['TrainingStopped', 'Stopped on request', 'Retrain when the reason is gone.'];
    case 'lost':
      return ['TrainingLost', 'Vanished twice without an exit code', 'Look for restarts of the machine or a lack of memory, then retrain.'];
  }
}

function badExit({ exitCode, seconds }: Ended): Problem | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode === 126 || exitCode === 127) {
    const happened = `Not found or not executable (exit code ${exitCode})`;
    return ['TrainingProgramMissing', happened, "Check the policy's training command, and that its program is installed."];
  }
  return ['TrainingFailed', `Ended with exit code ${exitCode} after ${seconds} s`, 'Mend the program, then retrain.'];
}

function badOutput(output: TrainingOutput): Problem {
  const todo = "Write it to the manifest's resultPath as the training contract says.";
  return output.state === 'invalid'
    ? ['TrainingResultInvalid', `${output.path} cannot be used (${output.problems.join('; ')})`, todo]
    : ['TrainingResultMissing', 'Ended well but wrote no result.json', todo];
}

function logPart({ logTail }: Ended): readonly string[] {
  return logTail.length === 0 ? ['Its log is empty.'] : ['Its log ends:', ...logTail.map((line) => `  ${line.slice(0, 200)}`)];
}
