import { cancelled } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ModelName, Version } from '../domain/identity/names.ts';
import type { Served, Serving } from '../domain/serving/serving.port.ts';
import { ServingFailed } from '../domain/serving/serving-failed.ts';
import { beating } from './beating.ts';

export interface ServeOrder {
  readonly model: ModelName;
  readonly version: Version;
}

export function createServingActivities({ serving }: { readonly serving: Serving }) {
  return {
    /**
     * Returns when the version's endpoint answers. A cancellation ends the wait, not the endpoint: that is `stopServing`'s.
     *
     * @throws ApplicationFailure `ServingFailed`, non-retryable, with the log's last lines
     */
    async serve({ model, version }: ServeOrder): Promise<{ url: string; says: string }> {
      const { url } = await whileBeating(`Waiting for version ${version} of ${model} to answer.`, serving.ensure(model, version)).catch(
        typed,
      );
      return { url, says: `Version ${version} of ${model} answers at ${url}.` };
    },

    /** Harmless when there is nothing to stop. */
    async stopServing({ model, version }: ServeOrder): Promise<void> {
      await whileBeating(`Stopping version ${version} of ${model}.`, serving.stop(model, version));
    },

    async listServed(): Promise<readonly Served[]> {
      return serving.list();
    },
  };
}

export type ServingActivities = ReturnType<typeof createServingActivities>;

async function whileBeating<T>(says: string, work: Promise<T>): Promise<T> {
  return beating(says, Promise.race([work, cancelled()]));
}

function typed(error: unknown): never {
  if (!(error instanceof ServingFailed)) throw error;
  const message = [error.message, 'Its log ends:', ...error.logTail.map((line) => `  ${line.slice(0, 200)}`)].join('\n');
  throw ApplicationFailure.create({ type: 'ServingFailed', message, nonRetryable: true });
}
