import type { TrainingProgress } from '../../../domain/training/trainer.port.ts';

/**
 * The progress told by lines a program printed, other lines passed over: the last one, or the first whose loss is no finite number.
 * Python prints such losses as bare `NaN` and `Infinity`, which no JSON reader takes; they are understood, and kept as NaN.
 */
export function progressIn(lines: readonly string[]): TrainingProgress | undefined {
  const told = lines.flatMap((line) => progressOf(line) ?? []);
  return told.find(({ loss }) => Number.isNaN(loss)) ?? told.at(-1);
}

function progressOf(line: string): TrainingProgress | undefined {
  if (!line.startsWith('{')) return undefined;
  const told = parsed(line.replace(/([:,[]\s*)(-?Infinity|NaN)(?=\s*[,}\]])/g, '$1"$2"'));
  if (typeof told?.step !== 'number') return undefined;
  return {
    step: told.step,
    ...('loss' in told ? { loss: finiteOrNaN(told.loss) } : {}),
    ...(typeof told.says === 'string' ? { says: told.says.slice(0, 200) } : {}),
  };
}

function finiteOrNaN(loss: unknown): number {
  return typeof loss === 'number' && Number.isFinite(loss) ? loss : Number.NaN;
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
