import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a caller is told: a status and a JSON body; errors carry `error`, a sentence that says what happened and what to do. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export function refuse(status: number, error: string): Answer {
  return { status, body: { error } };
}

export function send(response: ServerResponse, { status, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const bodyLimit = 2 ** 20;

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly kind: 'not-json' | 'too-large'; readonly answer: Answer };

/** Reads a JSON body of up to 1 MiB; the rest of a longer one is read and thrown away, so that the caller gets to see the answer. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  if (size > bodyLimit)
    return { ok: false, kind: 'too-large', answer: refuse(413, `The body has ${size} bytes; at most ${bodyLimit} are taken.`) };
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { ok: false, kind: 'not-json', answer: refuse(400, 'The body is not JSON.') };
  }
}
