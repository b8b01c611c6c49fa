import { z } from 'zod';

export const tagList = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([])
  .transform((tags): Readonly<Record<string, string>> => Object.fromEntries(tags.map(({ key, value }) => [key, value])));

export function asTagList(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Marks whatever is created once per effect. */
export const keyTag = 'anchorwatch.key';

/** Marks what an ambiguous failure or a race created beside the canonical one. */
export const duplicateTag = 'anchorwatch.duplicate-of';

/** A clause of MLflow's search language. */
export function hasKey(key: string): string {
  return `tags.\`${keyTag}\` = '${key}'`;
}
