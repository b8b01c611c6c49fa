import type { Installation } from '../domain/identity/workflow-ids.ts';

/** Where a workflow runs: handed from each to the next, so that no workflow reads a configuration. */
export interface Place {
  readonly installation: Installation;
  /** False on servers whose operators will not register ours. */
  readonly searchAttributes: boolean;
}
