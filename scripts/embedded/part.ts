import type { ProcessRecord } from '../../adapters/process/process-record.ts';

export type PartName = 'temporal' | 'mlflow' | 'gateway' | 'worker' | 'heavy-worker';

/** One process of the embedded stack: how it starts, how one sees that it works, how long it may take to end. */
export interface Part {
  readonly name: PartName;
  readonly file: string;
  readonly arguments: readonly string[];
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a running one whose supervisor was killed is kept. Servers are; workers are not: they may hold older code. */
  readonly keptWhenFound: boolean;
  readonly readyWithinSeconds: number;
  readonly graceSeconds: number;
  isReady(process: ProcessRecord): Promise<boolean>;
}
