import type { EffectKey, ModelName } from '../identity/names.ts';
import type { Manifest, TrainingResult } from './manifest.ts';

export interface TrainingProgram {
  readonly command: string;
  /** Where the command runs: absolute. */
  readonly folder: string;
  readonly timeLimitSeconds: number;
  /** Nothing secret: credentials are the adapter's, resolved when the program starts. */
  readonly environment: Readonly<Record<string, string>>;
  /** Handed to the program in the file named by `ANCHORWATCH_MANIFEST`; the trainer says where the result is to be written. */
  readonly manifest: Omit<Manifest, 'resultPath'>;
}

export type TrainingStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly progress?: TrainingProgress; readonly logTail: readonly string[] }
  | {
      readonly state: 'ended';
      /** −1 when `lost`: nobody saw it end. */
      readonly exitCode: number;
      readonly why?: 'time-limit' | 'stopped' | 'lost';
      /** Wall time from start to end; 0 when lost. */
      readonly seconds: number;
      readonly progress?: TrainingProgress;
      readonly logTail: readonly string[];
    };

/**
 * Last line of progress the program printed: `{"step": 12, "loss": 0.3}`. A loss that is no finite number is kept as NaN,
 * and the line it was first seen on is preferred to later ones.
 */
export interface TrainingProgress {
  readonly step: number;
  readonly loss?: number;
  readonly says?: string;
}

export type TrainingOutput =
  | { readonly state: 'written'; readonly result: TrainingResult }
  | { readonly state: 'missing'; readonly path: string }
  | { readonly state: 'invalid'; readonly path: string; readonly problems: readonly string[] };

/** Runs one training program per key, however often and from however many workers it is asked to. */
export interface Trainer {
  /** Adopts a live run, leaves an ended one as it is, starts the program only when neither exists. */
  ensure(key: EffectKey, program: TrainingProgram): Promise<void>;
  status(key: EffectKey): Promise<TrainingStatus>;
  /** What the program wrote; asked when it has ended. */
  output(key: EffectKey): Promise<TrainingOutput>;
  /** Ends the program and everything it started; a lost one is closed as `lost`. Harmless when there is nothing to end. */
  stop(key: EffectKey): Promise<void>;
  /** What runs now, whoever started it: for those who look for leftovers. */
  running(): Promise<readonly RunningProgram[]>;
}

export interface RunningProgram {
  readonly key: EffectKey;
  readonly model: ModelName;
}
