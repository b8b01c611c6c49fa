import { ApplicationFailure } from '@temporalio/common';
import type { AuditRecord } from '../domain/audit/audit-record.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { Notification, Notifier } from '../domain/notification/notifier.port.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { Store } from '../domain/store/store.port.ts';

export interface RecordingDependencies {
  readonly store: Store;
  readonly artefacts: Artefacts;
  readonly notifier: Notifier;
}

/** What is to be added to a model's audit chain. */
export interface AuditOrder {
  readonly model: ModelName;
  readonly key: string;
  /** Where the writer believes the chain to end. */
  readonly seq: number;
  readonly previous?: Digest;
  readonly what: string;
  readonly says: string;
  readonly evidence?: Digest;
  readonly asOf?: EventTime;
}

/** Keeps the model's own record: snapshots of its state, the audit chain, and what people were told. */
export function createRecordingActivities({ store, artefacts, notifier }: RecordingDependencies) {
  return {
    /**
     * Writes a revision once. A writer whose own past is longer than it knows (it was reset, or begun beside its record) changes nothing.
     *
     * @returns undefined when it is the newest of this life, else the newest, to go on from
     */
    async saveSnapshot(state: LifecycleState): Promise<LifecycleState | undefined> {
      await store.put(stateKey(state.model, state.revision), bytesOf(state));
      const newest = await newestSnapshot(store, state);
      return newest.revision === state.revision && newest.seen.join() === state.seen.join() ? undefined : newest;
    },

    /** Appends once per key. A writer that lost the end of the chain (it was reset) is led to it. */
    async appendAudit(order: AuditOrder): Promise<{ seq: number; digest: Digest }> {
      const { seq: from, previous: believed, ...what } = order;
      let previous = believed;
      for (let seq = from; ; seq += 1) {
        const record: AuditRecord = {
          kind: 'audit-record',
          schemaVersion: 1,
          madeFrom: order.evidence === undefined ? [] : [order.evidence],
          ...what,
          seq,
          ...(previous === undefined ? {} : { previous }),
          writtenAtWall: new Date().toISOString(),
        };
        const digest = await artefacts.save(record);
        const key = auditKey(order.model, seq);
        if ((await store.put(key, bytesOf({ digest, key: order.key }))) === 'written') return { seq, digest };
        const standing = JSON.parse(new TextDecoder().decode(await store.get(key))) as { digest: Digest; key: string };
        if (standing.key === order.key) return { seq, digest: standing.digest };
        previous = standing.digest;
      }
    },

    /** Sends once per key where the policy names a receiver; `unheard` says that it names none. */
    async notify(policy: Digest, notification: Notification): Promise<'sent' | 'sent-before' | 'unheard'> {
      const { notify } = await requirePolicy(artefacts, policy);
      if (notify.webhook === undefined) return 'unheard';
      const key = `notified/${encodeURIComponent(notification.key)}`;
      if ((await store.get(key)) !== undefined) return 'sent-before';
      await notifier.send(notify.webhook, notification);
      await store.put(key, bytesOf(notification));
      return 'sent';
    },
  };
}

export type RecordingActivities = ReturnType<typeof createRecordingActivities>;

/** Ten digits keep the keys in the order of the revisions. */
export function stateKey(model: ModelName, revision: number): string {
  return `state/${model}/${String(revision).padStart(10, '0')}.json`;
}

/** Looks a hundred revisions at a time, so that a long life costs no long list. A run saves at least one revision in a hundred. */
async function newestSnapshot(store: Store, { model, revision }: LifecycleState): Promise<LifecycleState> {
  let newest = stateKey(model, revision);
  for (let hundred = Math.floor(revision / 100); ; hundred += 1) {
    const before = newest;
    for await (const key of store.list(stateKey(model, hundred * 100).replace(/\d\d\.json$/, ''))) if (key > newest) newest = key;
    const looksOn = hundred === Math.floor(revision / 100);
    if (newest === before && !looksOn) break;
  }
  return JSON.parse(new TextDecoder().decode(await store.get(newest))) as LifecycleState;
}

export function auditKey(model: ModelName, seq: number): string {
  return `audit/${model}/${String(seq).padStart(10, '0')}.json`;
}

async function requirePolicy(artefacts: Artefacts, digest: Digest): Promise<Policy> {
  const policy = await artefacts.read<Policy>('policy', digest);
  if (policy !== undefined) return policy;
  throw ApplicationFailure.create({
    type: 'PolicyMissing',
    nonRetryable: true,
    message: `policy ${digest} is not in the store. Apply it again: anchorwatch apply <file>`,
  });
}

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
