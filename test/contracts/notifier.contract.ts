import { describe, expect, it } from 'vitest';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Notification, Notifier } from '../../domain/notification/notifier.port.ts';
import type { SecretName } from '../../domain/policy/policy.ts';

export interface NotifierUnderTest {
  readonly notifier: Notifier;
  readonly to: SecretName;
  /** What the receiver has been told so far, as text. */
  received(): readonly string[];
  /** From now on the receiver does not take anything. */
  refuse(): void;
  /** Something in the receiver's address that must stay secret. */
  readonly secret: string;
}

export const alarm: Notification = {
  key: 'd/notify',
  model: 'bike-demand' as ModelName,
  severity: 'red',
  text: 'mean error 82.4\n"doubled" – é',
};

/** What every notifier keeps, run once for each adapter. */
export function keepsTheNotifierContract(adapter: string, open: () => Promise<NotifierUnderTest>): void {
  describe(`${adapter} as a notifier`, () => {
    it('given a receiver, when a notification is sent, then model and text arrive whole', async () => {
      const { notifier, to, received } = await open();
      await notifier.send(to, alarm);
      expect(received()).toHaveLength(1);
      expect(received()[0]).toContain('bike-demand');
      expect(received()[0]).toContain(alarm.text);
    });

    it('given a receiver that refuses, when a notification is sent, then it throws, names key and secret, and keeps the address to itself', async () => {
      const { notifier, to, refuse, secret } = await open();
      refuse();
      const error = await notifier.send(to, alarm).catch((thrown: Error) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String((error as Error).message)).toContain(alarm.key);
      expect(String((error as Error).message)).toContain(to);
      expect(`${(error as Error).stack} ${JSON.stringify(error)} ${(error as Error).cause}`).not.toContain(secret);
    });
  });
}
