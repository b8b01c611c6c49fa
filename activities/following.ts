import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { DecisionId, Digest, ModelName, Version } from '../domain/identity/names.ts';
import { type ChildName, childId, entityId, type Installation } from '../domain/identity/workflow-ids.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';

/** What a check must know of the model it checks. */
export interface WatchedModel {
  readonly policy: AppliedPolicy;
  readonly clock: 'live' | 'replay';
  readonly baseline?: Digest;
  readonly champion?: Version;
}

/** How a child stands, whichever run started it. */
export type ChildStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly decision?: DecisionId }
  | {
      readonly state: 'closed';
      readonly runId: string;
      readonly decision?: DecisionId;
      readonly status: string;
      readonly report?: unknown;
    };

export interface FollowingDependencies {
  readonly client: Client;
  readonly installation: Installation;
}

/** Looks at other workflows, from outside. */
export function createFollowingActivities({ client, installation }: FollowingDependencies) {
  return {
    async askModel(model: ModelName): Promise<WatchedModel | undefined> {
      const state = await stateOf(client, installation, model);
      if (state === undefined || state.phase.at === 'retired') return undefined;
      const { policy, clock, baseline, champion } = state;
      return { policy, clock, ...(baseline === undefined ? {} : { baseline }), ...(champion === undefined ? {} : { champion }) };
    },

    async describeChild(child: ChildName, model: ModelName): Promise<ChildStatus> {
      const handle = client.workflow.getHandle(childId(installation, child, model));
      try {
        const { status, memo, runId } = await handle.describe();
        const decision = memo?.decision as DecisionId | undefined;
        const known = decision === undefined ? {} : { decision };
        if (status.name === 'RUNNING') return { state: 'running', ...known };
        if (status.name !== 'COMPLETED') return { state: 'closed', runId, status: status.name, ...known };
        return { state: 'closed', runId, status: status.name, report: await handle.result(), ...known };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { state: 'absent' };
        throw error;
      }
    },
  };
}

export type FollowingActivities = ReturnType<typeof createFollowingActivities>;

async function stateOf(client: Client, installation: Installation, model: ModelName): Promise<LifecycleState | undefined> {
  try {
    const { state } = await client.workflow.getHandle(entityId(installation, model)).query<{ state: LifecycleState }>('status');
    return state;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
