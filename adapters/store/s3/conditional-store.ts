import type { Store } from '../../../domain/store/store.port.ts';
import { assertKey } from '../key.ts';
import type { S3Objects } from './objects.ts';

/** A store on a server that writes an object only where none is. */
export function conditionalStore(objects: S3Objects): Store {
  return {
    async put(key, bytes) {
      assertKey(key);
      return objects.putNew(key, bytes);
    },
    async get(key) {
      assertKey(key);
      return objects.get(key);
    },
    list: (prefix) => objects.list(prefix),
  };
}
