import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/** The few things asked of a bucket. Keys are within the prefix. */
export interface S3Objects {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Writes only where nothing is, if the server honours it: `If-None-Match: *`. */
  putNew(key: string, bytes: Uint8Array): Promise<'written' | 'existed'>;
  delete(key: string): Promise<void>;
  list(prefix: string): AsyncIterable<string>;
}

const writer = 'anchorwatch-writer';

export function s3Objects(client: S3Client, bucket: string, prefix: string): S3Objects {
  const place = (key: string) => ({ Bucket: bucket, Key: prefix + key });

  /** The client sends again when an answer is lost: a refusal may then be of our own, earlier write. */
  const isOurs = async (key: string, id: string) => (await client.send(new HeadObjectCommand(place(key)))).Metadata?.[writer] === id;

  return {
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(place(key)));
        return new Uint8Array((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    async put(key, bytes) {
      await client.send(new PutObjectCommand({ ...place(key), Body: bytes }));
    },

    async putNew(key, bytes) {
      const id = randomUUID();
      for (;;) {
        try {
          await client.send(new PutObjectCommand({ ...place(key), Body: bytes, IfNoneMatch: '*', Metadata: { [writer]: id } }));
          return 'written';
        } catch (error) {
          const status = statusOf(error);
          // 409: another conditional write of the key is under way, and whether it will stand is not known yet.
          if (status === 409) continue;
          if (status !== 412) throw error;
          return (await isOurs(key, id)) ? 'written' : 'existed';
        }
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(place(key)));
    },

    async *list(keyPrefix) {
      let after: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + keyPrefix, ...(after && { ContinuationToken: after }) }),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(prefix.length);
        after = page.NextContinuationToken;
      } while (after !== undefined);
    },
  };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}
