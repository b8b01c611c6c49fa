import { z } from 'zod';
import { RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';

const mlflowError = z.object({ error_code: z.string(), message: z.string() });
/** `BAD_REQUEST` is what MLflow makes of any fault of its database, such as two writers of one tag. */
const mayPassByItself: ReadonlySet<string> = new Set([
  'INTERNAL_ERROR',
  'TEMPORARILY_UNAVAILABLE',
  'REQUEST_LIMIT_EXCEEDED',
  'BAD_REQUEST',
]);

/**
 * The body of a good answer, `{}` when it is empty.
 *
 * @throws RegistryRefusal when MLflow says no in its own terms
 * @throws Error when the fault may pass: 5xx, too many requests, a proxy's page, credentials that a person will mend
 */
export async function readAnswer(response: Response, root: string): Promise<unknown> {
  const text = await response.text();
  const body = parsed(text);
  if (response.ok && body !== undefined) return body;

  if (response.status === 401 || response.status === 403) {
    throw new Error(`MLflow at ${root} refuses our credentials (${response.status}). Mend mlflow.auth; work waits for it.`);
  }
  const told = mlflowError.safeParse(body);
  if (told.success && response.status < 500 && response.status !== 429 && !mayPassByItself.has(told.data.error_code)) {
    throw new RegistryRefusal(told.data.error_code, `MLflow: ${told.data.message} (${told.data.error_code})`);
  }
  const says = told.success ? told.data.message : 'no MLflow answer; is mlflow.trackingUri right?';
  throw new Error(`MLflow at ${root} answered ${response.status}: ${says}`);
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
