export type { CheckedColumn, CheckedKind, CheckedTable, CheckReport, CheckVerdict, QualityFlaw } from '../domain/check/check-report.ts';
export { type CheckOptions, check } from './check.ts';
