import { z } from 'zod';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { Alias, Aliases, AliasMove } from '../../../domain/registry/registry.port.ts';
import { type RegisteredModel, readModel, tagModel } from './registered-models.ts';
import type { Transport } from './transport.ts';

/** On the registered model: whose move of aliases was begun last. */
const epochTag = 'anchorwatch.alias-epoch';
const moveTag = 'anchorwatch.alias-key';

/** Ours among whatever other aliases people keep; `previous` first, so that the way back is known before the way on. */
const ours: readonly Alias[] = ['previous', 'champion', 'challenger'];
const mostRounds = 5;
const nothing = z.object({});

export async function readAliases(transport: Transport, model: ModelName): Promise<Aliases> {
  const { aliases } = await readModel(transport, model);
  return Object.fromEntries(ours.flatMap((alias) => (aliases.has(alias) ? [[alias, aliases.get(alias)]] : [])));
}

/**
 * MLflow cannot move several aliases at once, nor on a condition. So the intent is written first, then the aliases, then all is
 * read again, until a look finds intent and aliases as they should be: a move that was cut short is finished by whoever
 * repeats it, and of two that race the higher epoch wins.
 */
export async function moveAliases(transport: Transport, move: AliasMove): Promise<'moved' | 'stale' | 'unexpected'> {
  let begun = false;
  for (let round = 0; round < mostRounds; round += 1) {
    const now = await readModel(transport, move.model);
    if (epochOf(now) > move.epoch) return 'stale';

    const isOurs = epochOf(now) === move.epoch && now.tags[moveTag] === move.key;
    if (isOurs && holds(now, move.to)) return 'moved';
    if (!isOurs && !begun && !holds(now, move.from)) return 'unexpected';
    if (!isOurs) await writeIntent(transport, move);
    begun = true;
    await writeAliases(transport, move, now);
  }
  return 'unexpected';
}

function epochOf(model: RegisteredModel): number {
  return Number(model.tags[epochTag] ?? Number.NEGATIVE_INFINITY);
}

function holds({ aliases }: RegisteredModel, wanted: AliasMove['to']): boolean {
  return ours.every((alias) => wanted[alias] === undefined || wanted[alias] === (aliases.get(alias) ?? 'none'));
}

async function writeIntent(transport: Transport, { model, epoch, key }: AliasMove): Promise<void> {
  await tagModel(transport, model, epochTag, String(epoch));
  await tagModel(transport, model, moveTag, key);
}

async function writeAliases(transport: Transport, { model, to }: AliasMove, { aliases }: RegisteredModel): Promise<void> {
  for (const alias of ours) {
    const version: Version | 'none' | undefined = to[alias];
    if (version === undefined || version === (aliases.get(alias) ?? 'none')) continue;
    if (version === 'none') await transport.remove('registered-models/alias', { name: model, alias });
    else await transport.post('registered-models/alias', { name: model, alias, version }, nothing);
  }
}
