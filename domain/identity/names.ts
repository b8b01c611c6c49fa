import type { Brand } from './brand.ts';

/** `[a-z][a-z0-9-]{0,39}`: it stands in workflow ids, registry names, file names and addresses. */
export type ModelName = Brand<string, 'ModelName'>;

/** Version number of a model in the registry, as text. */
export type Version = Brand<string, 'Version'>;

/** sha256 of a canonical artefact: 64 hex digits. */
export type Digest = Brand<string, 'Digest'>;

/** `<asOf>-<12 hex>`: names a decision for ever, whoever computes it. */
export type DecisionId = Brand<string, 'DecisionId'>;

/** `<DecisionId>/<effect>`: the once-only key of everything done to the outside. */
export type EffectKey = Brand<string, 'EffectKey'>;

const modelNames = /^[a-z][a-z0-9-]{0,39}$/;

export function isModelName(text: string): text is ModelName {
  return modelNames.test(text);
}

export function effectKey(decision: DecisionId, effect: string): EffectKey {
  return `${decision}/${effect}` as EffectKey;
}
