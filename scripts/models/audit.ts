import { auditKey } from '../../activities/recording.ts';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Ports } from '../../worker/ports.ts';

/**
 * A model's audit chain, oldest first.
 * @throws Error naming the record at which the chain is broken: a record is missing, or does not name the one before
 */
export async function* readAudit({ store, artefacts }: Ports, model: ModelName): AsyncGenerator<AuditRecord> {
  let previous: Digest | undefined;
  for (let seq = 0; ; seq += 1) {
    const bytes = await store.get(auditKey(model, seq));
    if (bytes === undefined) return;
    const { digest } = JSON.parse(new TextDecoder().decode(bytes)) as { digest: Digest };
    const record = await artefacts.read<AuditRecord>('audit-record', digest);
    if (record === undefined || record.previous !== previous)
      throw new Error(`The audit chain of ${model} is broken at record ${seq}: ${digest}.`);
    yield record;
    previous = digest;
  }
}
