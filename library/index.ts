export type {
  CheckedColumn,
  CheckedKind,
  CheckedPerformance,
  CheckedSegment,
  CheckedTable,
  CheckReport,
  CheckVerdict,
  QualityFlaw,
} from '../domain/check/check-report.ts';
export type { TableProfile } from '../domain/check/table-profile.ts';
export { type CheckOptions, check } from './check.ts';
export { type CompareOptions, compare } from './compare.ts';
export { type ProfileOptions, profile } from './profile.ts';
