import { join } from 'node:path';
import { cutByDay } from '../../adapters/counting/duckdb/cut-by-day.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { Sources } from '../../domain/ledger/sources.port.ts';
import type { Policy } from '../../domain/policy/policy.ts';

export interface CutSources {
  readonly sources: Sources;
  /** How many files were read as one for each day. */
  readonly cut: number;
}

const everything = eventTime('9999-12-31');

/**
 * Files are known with their last row, so a history in one file would be seen by no look before its end. Those that span more days than a
 * look's window are read as if a job had left one a day.
 *
 * @param parts folder for them
 */
export async function cutLongFiles(sources: Sources, policy: Policy, folder: string, parts: string): Promise<CutSources> {
  const { predictions, outcomes } = policy.sources;
  const time = predictions.from === 'gateway' ? undefined : predictions.time;
  const columns = {
    predictions: time,
    outcomes: outcomes?.from === 'gateway' ? undefined : (outcomes?.knownAt ?? time),
    'held-out': undefined,
  };
  const cut = new Set<string>();
  for (const { path, format, holds } of await sources.find(policy, folder, everything)) {
    const column = columns[holds];
    const own = join(parts, holds, String(cut.size));
    if (column !== undefined && (await cutByDay({ path, format }, column, policy.watch.windowDays, own))) cut.add(path);
  }
  if (cut.size === 0) return { sources, cut: 0 };
  const ofParts = policyOfParts(policy, parts);
  return {
    cut: cut.size,
    sources: {
      ...sources,
      async find(of: Policy, where: string, knownBy: EventTime) {
        const whole = (await sources.find(of, where, knownBy)).filter(({ path }) => !cut.has(path));
        return [...whole, ...(await sources.find(ofParts, parts, knownBy))];
      },
    },
  };
}

function policyOfParts(policy: Policy, parts: string): Policy {
  const { predictions, outcomes } = policy.sources;
  const filesOf = (holds: string) => ({ from: 'files', glob: join(parts, holds, '**/*') }) as const;
  return {
    ...policy,
    sources: {
      predictions: predictions.from === 'gateway' ? predictions : { ...predictions, ...filesOf('predictions') },
      ...(outcomes && { outcomes: outcomes.from === 'gateway' ? outcomes : { ...outcomes, ...filesOf('outcomes') } }),
    },
  };
}
