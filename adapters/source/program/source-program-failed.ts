import type { Interval } from './interval.ts';

/** `ended`: it was stopped, or vanished with its machine. */
export type ProgramFault = 'exit-code' | 'time-limit' | 'no-table' | 'ended';

/** A program of a source did not give what it was asked for. Nothing is kept of it; the next attempt asks again. */
export class SourceProgramFailed extends Error {
  readonly code: ProgramFault;

  /** @param source its place in the policy, such as `sources.outcomes` */
  constructor(
    code: ProgramFault,
    source: string,
    { from, to }: Interval,
    what: string,
    log: { readonly path: string; readonly tail: readonly string[] },
  ) {
    const printed = log.tail.length === 0 ? 'It printed nothing' : `It printed last: ${log.tail.join(' | ')}`;
    super(
      `The program of ${source}, asked for ${from} to ${to}, ${what}. ${printed} (${log.path}). It is asked again at the next attempt.`,
    );
    this.name = 'SourceProgramFailed';
    this.code = code;
  }
}
