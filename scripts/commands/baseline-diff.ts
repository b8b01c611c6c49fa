import type { Command } from 'commander';
import { baselineDays } from '../../activities/baseline/baseline-days.ts';
import { neededArtefact } from '../../activities/needed-artefact.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import { type CountedBaseline, compareBaselines } from '../../domain/baseline/compare-baselines.ts';
import { tellBaselineDiff } from '../../domain/baseline/tell-baseline-diff.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Ports } from '../../worker/ports.ts';
import { policyInForce } from '../models/alarms.ts';
import { readAudit } from '../models/audit.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName } from '../models/session.ts';
import { lastSnapshot } from '../models/snapshots.ts';

export function baselineDiffCommand(): Command {
  return answering(
    'diff',
    'What moved between two baselines of a model: columns, rows, days, grid.',
    'anchorwatch baseline diff bike-demand',
  )
    .argument('<model>')
    .argument('[before]', 'how its digest begins; without one: the last but one')
    .argument('[after]', 'how its digest begins; without one: the last')
    .action(async (name: string, before: string | undefined, after: string | undefined, options: { json?: true }) => {
      const model = readModelName(name);
      await inSession(async ({ ports }) => {
        const taken = await takenBaselines(ports, model);
        const [one, other] = [meant(model, taken, before, -2), meant(model, taken, after, -1)];
        const state = await lastSnapshot(ports, model);
        if (state === undefined) throw new Error(`${model} was never maintained with this store.`);
        const { watch } = await policyInForce(ports, state);
        const diff = compareBaselines(await counted(ports, one), await counted(ports, other), watch.effects);
        print(options, { model, ...diff }, `${model}\n${tellBaselineDiff(diff)}`);
      });
    });
}

/** By the audit chain, oldest first, each once. */
async function takenBaselines(ports: Ports, model: ModelName): Promise<Digest[]> {
  const taken: Digest[] = [];
  for await (const { what, evidence } of readAudit(ports, model)) if (what === 'baseline' && evidence !== undefined) taken.push(evidence);
  return [...new Set(taken.toReversed())].toReversed();
}

/** @throws Error listing the baselines there are when none is meant, or more than one */
function meant(model: ModelName, taken: readonly Digest[], begins: string | undefined, place: number): Digest {
  const found = begins === undefined ? taken.slice(place).slice(0, 1) : taken.filter((digest) => digest.startsWith(begins));
  const [digest] = found;
  if (digest !== undefined && found.length === 1 && taken.length >= (begins === undefined ? -place : 1)) return digest;
  const all = taken.length === 0 ? 'none' : taken.map((one) => one.slice(0, 12)).join(', ');
  const why = begins === undefined ? `${model} has no two baselines to compare` : `"${begins}" is not one baseline of ${model}`;
  throw new Error(`${why}. There are, oldest first: ${all}. A new one: anchorwatch baseline ${model}`);
}

/** @throws ApplicationFailure when the store has lost a part of it */
async function counted({ artefacts }: Ports, digest: Digest): Promise<CountedBaseline> {
  const body = await neededArtefact<Baseline>(artefacts, 'baseline', digest);
  const grid = await neededArtefact<Grid>(artefacts, 'grid', body.grid);
  return { digest, body, grid, days: await baselineDays(artefacts, body) };
}
