import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { openS3Store, type S3StoreSettings } from '../../adapters/store/s3/s3-store.ts';

/** A process that writes large objects, one after the other, until it is killed. It says when it begins and when each is written. */
export type WriterPlace = { readonly folder: string } | { readonly s3: S3StoreSettings };

export const largeObjectBytes = 4 * 1024 * 1024;

const place = JSON.parse(process.argv[2] ?? 'null') as WriterPlace | null;
if (place !== null && process.argv[1]?.endsWith('store-writer.ts')) {
  const store = 'folder' in place ? createFileStore(place.folder) : (await openS3Store(place.s3)).store;
  for (let number = 1; ; number++) {
    const writing = store.put(`killed/${number}`, new Uint8Array(largeObjectBytes).fill(number));
    process.stdout.write(`writing ${number}\n`);
    await writing;
  }
}
