import type { Notification, Notifier } from '../../../domain/notification/notifier.port.ts';
import type { SecretName } from '../../../domain/policy/policy.ts';

const timeoutMilliseconds = 10_000;
const signs = { green: '🟢', yellow: '🟡', red: '🔴' } as const;

/** Tells people through a Slack-compatible webhook. The address is a secret: it is resolved for each message and never told. */
export function createSlackNotifier(resolve: (name: SecretName) => string, timeout = timeoutMilliseconds): Notifier {
  return {
    async send(to: SecretName, { key, model, severity, text }: Notification): Promise<void> {
      const address = resolve(to);
      const response = await post(address, JSON.stringify({ text: `${signs[severity]} *${model}* ${text}` }), timeout).catch((error) => {
        throw new Error(`Notification ${key} did not reach ${to}: ${reason(error)}. Check the webhook; it is tried again.`);
      });
      if (response.ok) return;
      throw new Error(`The receiver of ${to} answered ${response.status} to notification ${key}. Check the webhook; it is tried again.`);
    },
  };
}

/** Redirects are not followed: they would take the message elsewhere. */
async function post(address: string, body: string, timeout: number): Promise<Response> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  await response.body?.cancel();
  return response;
}

/** The kind of fault alone: messages of `fetch` may hold the address. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const code = (error.cause as { code?: string } | undefined)?.code;
  return code ?? error.name;
}
