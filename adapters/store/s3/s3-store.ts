import { S3Client } from '@aws-sdk/client-s3';
import type { Store } from '../../../domain/store/store.port.ts';
import { conditionalStore } from './conditional-store.ts';
import { s3Objects } from './objects.ts';
import { probeConditionalWrites } from './probe.ts';
import { settlingStore } from './settling-store.ts';

export interface S3StoreSettings {
  readonly bucket: string;
  /** Put before every key as it is; end it with `/` for a folder. */
  readonly prefix?: string;
  /** Of an S3-compatible server; absent: AWS. */
  readonly endpoint?: string;
  readonly region?: string;
  /** The bucket in the path rather than in the host name, as most servers but AWS want it. */
  readonly forcePathStyle?: boolean;
  /** Absent: as the AWS client finds them (environment, profile, instance). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface S3Store {
  readonly store: Store;
  /** What the operator should know, when the server gives less than the store asks for. */
  readonly warning?: string;
}

/**
 * Opens a bucket and finds out what its server guarantees.
 *
 * @throws when the bucket cannot be reached, naming it and the cause
 */
export async function openS3Store(settings: S3StoreSettings): Promise<S3Store> {
  const { bucket, prefix = '', endpoint, region = 'us-east-1', forcePathStyle = false, credentials } = settings;
  const client = new S3Client({ region, forcePathStyle, ...(endpoint && { endpoint }), ...(credentials && { credentials }) });
  const objects = s3Objects(client, bucket, prefix);
  const where = `s3://${bucket}/${prefix}${endpoint ? ` at ${endpoint}` : ''}`;
  let honoured: boolean;
  try {
    honoured = await probeConditionalWrites(objects);
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(`The store ${where} cannot be used: ${name}: ${message}. Check bucket, endpoint and credentials.`, { cause: error });
  }
  if (honoured) return { store: conditionalStore(objects) };
  return {
    store: settlingStore(objects),
    warning: `${where} does not honour conditional writes (If-None-Match): writes of shared keys wait to settle, and two writers that race may not agree. Use a server that does.`,
  };
}
