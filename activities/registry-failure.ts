import { ApplicationFailure } from '@temporalio/common';
import { isRefusal } from '../domain/registry/registry-refusal.ts';

/** Runs work on the registry: a refusal ends the activity at once, anything else is left to its retries. */
export async function untilRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw ApplicationFailure.create({
      type: 'RegistryRefusal',
      message: error.message,
      nonRetryable: true,
      details: [error.code],
      cause: error,
    });
  }
}
