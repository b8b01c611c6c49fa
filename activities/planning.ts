import { ApplicationFailure } from '@temporalio/common';
import type { Digest } from '../domain/identity/names.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';

/** The part of a policy a workflow branches on. */
export interface RollOutPlan {
  /** Shares of the candidate before it is promoted, ascending; promotion itself is the last step. */
  readonly shares: readonly number[];
  readonly unit?: string;
}

/** Reads policies for workflows, which carry digests only. */
export function createPlanningActivities({ artefacts }: { readonly artefacts: Artefacts }) {
  return {
    async planRollOut(digest: Digest): Promise<RollOutPlan> {
      const policy = await artefacts.read<Policy>('policy', digest);
      if (policy?.rollout === undefined) {
        throw ApplicationFailure.create({
          type: 'RolloutRulesMissing',
          nonRetryable: true,
          message: `policy ${digest} has no rollOut section, so no version can be put into traffic. Add one and apply the policy again.`,
        });
      }
      const { steps, unit } = policy.rollout;
      return { shares: steps.filter((share) => share < 1), ...(unit === undefined ? {} : { unit }) };
    },
  };
}

export type PlanningActivities = ReturnType<typeof createPlanningActivities>;
