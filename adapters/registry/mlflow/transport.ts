import type { z } from 'zod';
import { RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';
import { readAnswer } from './read-answer.ts';

export interface MlflowConnection {
  readonly trackingUri: string;
  /** Value of the `Authorization` header, resolved anew for each request so that a rotated secret is picked up. */
  readonly authorization: () => Promise<string | undefined>;
}

/** MLflow's REST interface: JSON in, checked JSON out. Every method throws {@link RegistryRefusal} for a no, a plain error for a maybe. */
export interface Transport {
  get<T>(route: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T>;
  post<T>(route: string, body: object, schema: z.ZodType<T>): Promise<T>;
  patch(route: string, body: object): Promise<void>;
  remove(route: string, body: object): Promise<void>;
  putArtifact(path: string, bytes: Uint8Array): Promise<void>;
}

const requestTimeoutMilliseconds = 30_000;
const uploadTimeoutMilliseconds = 300_000;

export function createTransport(connection: MlflowConnection): Transport {
  const root = connection.trackingUri.replace(/\/+$/, '');

  async function send(url: string, request: RequestInit, timeoutMilliseconds: number): Promise<unknown> {
    const authorization = await connection.authorization();
    const headers = { ...request.headers, ...(authorization === undefined ? {} : { authorization }) };
    let response: Response;
    try {
      response = await fetch(url, { ...request, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
    } catch (cause) {
      throw new Error(`MLflow at ${root} does not answer (${reasonOf(cause)}). Start it, or mend mlflow.trackingUri; work waits for it.`, {
        cause,
      });
    }
    return readAnswer(response, root);
  }

  const json = (method: string, route: string, body: object) =>
    send(
      `${root}/api/2.0/mlflow/${route}`,
      { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      requestTimeoutMilliseconds,
    );

  return {
    async get(route, query, schema) {
      const url = `${root}/api/2.0/mlflow/${route}?${new URLSearchParams(query)}`;
      return checked(route, schema, await send(url, {}, requestTimeoutMilliseconds));
    },
    async post(route, body, schema) {
      return checked(route, schema, await json('POST', route, body));
    },
    async patch(route, body) {
      await json('PATCH', route, body);
    },
    async remove(route, body) {
      await json('DELETE', route, body);
    },
    async putArtifact(path, bytes) {
      const url = `${root}/api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
      await send(url, { method: 'PUT', body: bytes }, uploadTimeoutMilliseconds);
    },
  };
}

function checked<T>(route: string, schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new RegistryRefusal(
    'UNEXPECTED_ANSWER',
    `MLflow's answer to ${route} is not what its interface promises (${where}). MLflow 3 is needed.`,
  );
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
