import type { Grid } from '../../domain/grid/grid.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { readJson, writeJson } from '../stored-json.ts';
import type { LedgerDependencies } from './model-ledger.ts';

/** The model's grid at a time; undefined until its first baseline has cut one. */
export async function currentGrid(store: Store, model: ModelName, asOf: EventTime): Promise<Digest | undefined> {
  const later = (await readSwitches(store, model)).findLast((one) => one.asOf < asOf);
  return later?.grid ?? (await readJson<{ grid: Digest }>(store, gridKey(model)))?.grid;
}

/** The first grid of a model is its grid: of two that are cut at once one stays. */
export async function keepGrid(deps: LedgerDependencies, grid: Grid): Promise<Digest> {
  await writeJson(deps.store, gridKey(grid.model), { grid: await deps.artefacts.save(grid) });
  return ((await readJson<{ grid: Digest }>(deps.store, gridKey(grid.model))) as { grid: Digest }).grid;
}

/** After the look `asOf` the model is counted on another grid. */
export interface GridSwitch {
  readonly grid: Digest;
  readonly asOf: EventTime;
  readonly because: string;
}

/** Every switch after the first grid, oldest first. */
export async function readSwitches(store: Store, model: ModelName): Promise<GridSwitch[]> {
  const switches: GridSwitch[] = [];
  for await (const key of store.list(`grids/${model}/`)) switches.push((await readJson<GridSwitch>(store, key)) as GridSwitch);
  return switches;
}

/** Written once, whoever asks how often: what was the grid before stays so for every earlier time. */
export async function switchGrid(store: Store, model: ModelName, next: GridSwitch): Promise<void> {
  for (;;) {
    const switches = await readSwitches(store, model);
    if (switches.at(-1)?.grid === next.grid) return;
    const key = `grids/${model}/${String(switches.length + 1).padStart(10, '0')}.json`;
    if ((await writeJson(store, key, next)) === 'written') return;
  }
}

function gridKey(model: ModelName): string {
  return `grids/${model}.json`;
}
