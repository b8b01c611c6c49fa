import type { DriftInput } from '../drift/assess-drift.ts';
import type { OutcomeInput } from './assessment-input.ts';

/** The rows that performance is judged on, as drift is judged: matured, of the watched version, and not told apart by segments. */
export function maturedInput(input: OutcomeInput): DriftInput {
  const { dimensions: _, ...grid } = input.grid;
  return {
    ...input,
    grid,
    window: input.maturedWindow,
    windowDays: { inputs: input.windowDays.matured.filter(({ version }) => version === input.version) },
  };
}
