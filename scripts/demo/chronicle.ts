import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { tellAction } from '../../domain/decision/tell-decision.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Ports } from '../../worker/ports.ts';
import { readAudit } from '../models/audit.ts';

const worthTelling = ['decision', 'verdict', 'rollout', 'rollback', 'baseline', 'episode-closed'];

/** Reads the model's audit chain on from where it was read last, and tells what a newcomer should hear. */
export class Chronicle {
  private readonly ports: Ports;
  private readonly model: ModelName;
  private told = 0;

  constructor(ports: Ports, model: ModelName) {
    this.ports = ports;
    this.model = model;
  }

  async news(): Promise<string[]> {
    const lines: string[] = [];
    for await (const record of readAudit(this.ports, this.model)) {
      if (record.seq < this.told) continue;
      this.told = record.seq + 1;
      const line = worthTelling.includes(record.what) ? await this.tell(record) : undefined;
      if (line !== undefined) lines.push(line);
    }
    return lines;
  }

  /** Decisions to do nothing are left out: the check's own lines say as much. */
  private async tell({ what, says, evidence }: AuditRecord): Promise<string | undefined> {
    if (what === 'episode-closed') return says;
    if (what !== 'decision') return `${what}: ${says}`;
    const decision = evidence === undefined ? undefined : await this.ports.artefacts.read<Decision>('decision', evidence);
    if (decision === undefined || decision.action.kind === 'nothing' || decision.action.kind === 'watch') return undefined;
    return `decision: ${tellAction(decision.action)}. ${says}`;
  }
}
