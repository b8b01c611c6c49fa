import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LedgerDependencies, ModelLedger } from '../../activities/ledger/model-ledger.ts';
import { rowsOf } from '../../activities/ledger/rows-of.ts';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createLatestTimes } from '../../adapters/counting/duckdb/latest-times.ts';
import { createSources } from '../../adapters/source/sources.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { createRowArchive } from '../../adapters/store/row-archive.ts';
import { daysBetween, type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { type SeenFile, tellUnread } from '../../domain/report/tell-unread.ts';
import type { PolicyFile } from '../models/policies.ts';
import { cutLongFiles } from './cut-long-files.ts';

/** A model's own past, as its files hold it, with a ledger of its own that is gone when it is closed. */
export interface History {
  readonly deps: LedgerDependencies;
  readonly ledger: ModelLedger;
  /** First and last day with predictions. */
  readonly first: EventTime;
  readonly last: EventTime;
  /** When the last row of predictions or outcomes was known. */
  readonly knownTo: EventTime;
  readonly segments: readonly Segment[];
  /** How many files were read as one for each day. */
  readonly filesCut: number;
  /** From the first to the last day of that file of predictions in which these lie furthest apart. */
  readonly longestFileDays: number;
  close(): Promise<void>;
}

const everything = eventTime('9999-12-31');

/** @throws Error naming the pattern or the file and the remedy, when there is nothing that can be read */
export async function openHistory({ policy, folder, lines }: PolicyFile): Promise<History> {
  const { predictions, outcomes } = policy.sources;
  if (predictions.from !== 'files') throw new Error(saysFilesNeeded(policy.model, 'predictions', predictions.from));
  if (outcomes !== undefined && outcomes.from !== 'files') throw new Error(saysFilesNeeded(policy.model, 'outcomes', outcomes.from));
  const stateRoot = await mkdtemp(join(tmpdir(), 'anchorwatch-backtest-'));
  const close = () => rm(stateRoot, { recursive: true, force: true });
  try {
    const store = createFileStore(join(stateRoot, 'store'), 'for a while');
    const artefacts = createArtefacts(store);
    const found = createSources({ stateRoot, latestTimes: createLatestTimes() });
    const { sources, cut } = await cutLongFiles(found, policy, folder, join(stateRoot, 'parts'));
    const counting = createDuckdbCounting({ store, stateRoot });
    const deps: LedgerDependencies = { store, artefacts, rows: createRowArchive(store), counting, sources };
    const applied = { digest: await artefacts.save(policy), folder, mode: policy.mode, approval: policy.approval };
    const segments = await deps.sources.find(policy, folder, everything);
    const predicted = segments.filter(({ holds }) => holds === 'predictions');
    if (predicted.length === 0) throw new Error(`No file matches ${resolve(folder, predictions.glob)}: there is no history to go through.`);
    const files: string[][] = [];
    for (const segment of predicted) files.push((await deps.counting.days(rowsOf(policy, segment))).map(({ day }) => day).sort());
    const days = files.flat().sort();
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) {
      const seen: SeenFile[] = [];
      for (const segment of predicted) {
        const fault = await deps.counting.fault(rowsOf(policy, segment));
        seen.push({ segment, ...(fault && { fault }) });
      }
      throw new Error(
        [
          `None of the ${predicted.length} files of ${resolve(folder, predictions.glob)} holds a prediction that could be read, with ${predictions.id.join(', ')} and ${predictions.time}.`,
          ...tellUnread(policy, seen, lines).map(({ says }) => says),
        ].join(' '),
      );
    }
    const knownTo = segments.reduce((latest, { knownAt }) => (knownAt > latest ? knownAt : latest), eventTime(last));
    return {
      deps,
      ledger: { model: policy.model, applied, policy },
      first: eventTime(first),
      last: eventTime(last),
      knownTo,
      segments,
      filesCut: cut,
      longestFileDays: Math.max(...files.map(spannedDays)),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function saysFilesNeeded(model: ModelName, source: 'predictions' | 'outcomes', from: 'gateway' | 'program'): string {
  const origin = { gateway: 'the gateway', program: 'a program' }[from];
  return `A backtest reads files, and the ${source} of ${model} come from ${origin}. Name files in a copy of the policy: sources.${source}.files.`;
}

function spannedDays(days: readonly string[]): number {
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? 0 : daysBetween(eventTime(first), eventTime(last)) + 1;
}
