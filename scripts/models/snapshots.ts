import { stateKey } from '../../activities/recording.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Ports } from '../../worker/ports.ts';

/** The state a model was in when it was last saved, or undefined: it was never maintained with this store. */
export async function lastSnapshot({ store }: Ports, model: ModelName): Promise<LifecycleState | undefined> {
  let last: string | undefined;
  for await (const key of store.list(stateKey(model, 0).replace(/\d+\.json$/, ''))) last = key;
  const bytes = last === undefined ? undefined : await store.get(last);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as LifecycleState);
}
