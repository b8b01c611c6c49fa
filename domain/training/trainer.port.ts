import type { EffectKey } from '../identity/names.ts';

export interface TrainingProgram {
  readonly command: string;
  readonly folder: string;
  readonly timeLimitSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

export type TrainingStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly progress?: TrainingProgress; readonly logTail: readonly string[] }
  | {
      readonly state: 'ended';
      readonly exitCode: number;
      readonly why?: 'time-limit' | 'stopped' | 'lost';
      readonly logTail: readonly string[];
    };

/** Last line of progress the program printed: `{"step": 12, "loss": 0.3}`. A loss that is no number is kept as NaN. */
export interface TrainingProgress {
  readonly step: number;
  readonly loss?: number;
  readonly says?: string;
}

/** Runs one training program per key, however often and from however many workers it is asked to. */
export interface Trainer {
  /** Adopts a live run, leaves an ended one as it is, starts the program only when neither exists. */
  ensure(key: EffectKey, program: TrainingProgram): Promise<void>;
  status(key: EffectKey): Promise<TrainingStatus>;
  /** Ends the program and everything it started. Harmless when there is nothing to end. */
  stop(key: EffectKey): Promise<void>;
}
