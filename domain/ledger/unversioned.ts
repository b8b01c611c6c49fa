import type { Version } from '../identity/names.ts';

/** Stands for the version of predictions whose source does not name one. */
export const unversioned = 'unversioned' as Version;
