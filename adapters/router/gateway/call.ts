/** Where a gateway listens, without a path. */
export interface GatewayAddress {
  readonly url: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly body: unknown;
}

const timeoutMilliseconds = 10_000;

/** @throws Error when the gateway cannot be reached or fails itself (5xx): trying again later may help */
export async function call({ url }: GatewayAddress, method: string, path: string, body?: unknown): Promise<GatewayAnswer> {
  const response = await fetch(`${url}/admin/${path}`, {
    method,
    signal: AbortSignal.timeout(timeoutMilliseconds),
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw new Error(
      `The gateway at ${url} did not answer (${error.cause?.code ?? error.message}). Is it running? "anchorwatch doctor" tells.`,
    );
  });
  const answer = { status: response.status, body: (await response.json()) as unknown };
  if (answer.status >= 500) throw unexpected(url, `${method} ${path}`, answer);
  return answer;
}

export function unexpected(url: string, wish: string, { status, body }: GatewayAnswer): Error {
  return new Error(`The gateway at ${url} answered ${status} to ${wish}: ${JSON.stringify(body).slice(0, 300)}`);
}
