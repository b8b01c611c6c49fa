import type { EffectKey, ModelName, Version } from '../identity/names.ts';

/** A version's place in service. A version may hold several; a name points to one version at most. */
export type Alias = 'champion' | 'challenger' | 'previous';
export type Aliases = Readonly<Partial<Record<Alias, Version>>>;

export interface RegisteredVersion {
  readonly version: Version;
  readonly runId?: string;
  readonly source: string;
  /** What a person reads first about it. */
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Candidate {
  readonly model: ModelName;
  readonly key: EffectKey;
  readonly runId: string;
  /** `models:/m-…` or `runs:/…`, as the training program returned it. */
  readonly source: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AliasMove {
  readonly model: ModelName;
  readonly key: EffectKey;
  /** Of the routing table the move belongs to; an older one never overwrites a newer. */
  readonly epoch: number;
  /** What the aliases must be before; an alias that is absent here is not looked at. */
  readonly from: Readonly<Partial<Record<Alias, Version | 'none'>>>;
  /** What they are to be after; `none` deletes. */
  readonly to: Readonly<Partial<Record<Alias, Version | 'none'>>>;
}

/** Versions, aliases and runs of models. Everything that creates is idempotent by key. */
export interface Registry {
  /** A run that carries the key as a tag: found, or created and running. */
  ensureRun(model: ModelName, key: EffectKey, tags: Readonly<Record<string, string>>): Promise<string>;
  endRun(runId: string, status: 'FINISHED' | 'FAILED' | 'KILLED'): Promise<void>;
  /** Finite metrics only; others are left out and named in the answer. */
  logMetrics(runId: string, metrics: Readonly<Record<string, number>>): Promise<{ readonly leftOut: readonly string[] }>;
  logArtifact(runId: string, path: string, bytes: Uint8Array): Promise<void>;
  /** The lowest version that carries the key; created when there is none. */
  register(candidate: Candidate): Promise<Version>;
  find(model: ModelName, version: Version): Promise<RegisteredVersion | undefined>;
  tag(model: ModelName, version: Version, tags: Readonly<Record<string, string>>): Promise<void>;
  describe(model: ModelName, version: Version, words: string): Promise<void>;
  aliases(model: ModelName): Promise<Aliases>;
  /** `moved` also when the very move was made before. */
  moveAliases(move: AliasMove): Promise<'moved' | 'stale' | 'unexpected'>;
}
