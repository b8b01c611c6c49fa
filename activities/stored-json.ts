import type { Store } from '../domain/store/store.port.ts';

/** Small JSON documents under keys of their own, written once. */
export async function readJson<T>(store: Store, key: string): Promise<T | undefined> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as T);
}

export async function writeJson(store: Store, key: string, value: unknown): Promise<'written' | 'existed'> {
  return store.put(key, new TextEncoder().encode(JSON.stringify(value)));
}
