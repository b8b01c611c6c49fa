import { z } from 'zod';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import { isRefusal } from '../../../domain/registry/registry-refusal.ts';
import { tagList } from './tags.ts';
import type { Transport } from './transport.ts';

const answer = z.object({
  registered_model: z.object({
    tags: tagList,
    aliases: z.array(z.object({ alias: z.string(), version: z.coerce.string() })).default([]),
  }),
});
const nothing = z.object({});

export interface RegisteredModel {
  readonly tags: Readonly<Record<string, string>>;
  readonly aliases: ReadonlyMap<string, Version>;
}

/** Tags and aliases in one look, so that they belong together; nothing of either where the model is not registered. */
export async function readModel(transport: Transport, name: ModelName): Promise<RegisteredModel> {
  try {
    const { registered_model } = await transport.get('registered-models/get', { name }, answer);
    return {
      tags: registered_model.tags,
      aliases: new Map(registered_model.aliases.map(({ alias, version }) => [alias, version as Version])),
    };
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return { tags: {}, aliases: new Map() };
    throw error;
  }
}

export async function ensureModel(transport: Transport, name: ModelName): Promise<void> {
  try {
    await transport.post('registered-models/create', { name }, nothing);
  } catch (error) {
    if (!isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
  }
}

export async function tagModel(transport: Transport, name: ModelName, key: string, value: string): Promise<void> {
  await transport.post('registered-models/set-tag', { name, key, value }, nothing);
}
