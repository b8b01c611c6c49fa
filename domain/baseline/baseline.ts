import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, ModelName, Version } from '../identity/names.ts';
import type { Stability } from './assess-stability.ts';

/** What healthy looks like: a grid and the entries that fill it. */
export interface Baseline extends Artefact<'baseline', 1> {
  readonly model: ModelName;
  readonly version: Version;
  readonly grid: Digest;
  /** `held-out`: rows the version was never trained on, scored by us, with a label or without one yet. `production`: a stable window of its own traffic. */
  readonly from: 'held-out' | 'production';
  readonly window: { readonly from: EventTime; readonly to: EventTime };
  readonly entries: readonly Digest[];
  readonly rows: number;
  readonly takenAt: EventTime;
  /** Of a stretch of production; absent where nobody asked. */
  readonly stability?: Stability;
  /** Who took days that are not steady all the same, and why. */
  readonly anyway?: BaselineOverride;
  /** The same days counted anew on another grid; looks up to `at` are held against the one it stands for. */
  readonly regridded?: { readonly of: Digest; readonly at: EventTime };
}

export interface BaselineOverride {
  readonly who: string;
  readonly reason: string;
}
