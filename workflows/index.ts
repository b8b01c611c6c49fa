export { checkDrift } from './check-drift.ts';
export { maintainModel } from './maintain-model.ts';
export { regrid } from './regrid.ts';
export { retrain } from './retrain.ts';
export { rollBack } from './roll-back.ts';
export { rollOut } from './roll-out.ts';
export { snapshotBaseline } from './snapshot-baseline.ts';
export { tidy } from './tidy.ts';
