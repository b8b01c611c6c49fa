import { Pool } from 'undici';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Hour } from './hours.ts';

/** What callers got: every request is counted by its status, so that a champion that stopped serving could not hide. */
export interface Sent {
  readonly requests: number;
  readonly answered: number;
  readonly failures: Readonly<Record<number, number>>;
}

/** Sends live requests and, days later, what came true: over HTTP, as any caller would. */
export class Sender {
  private readonly pool: Pool;
  private readonly model: ModelName;
  private readonly inFlight: number;

  constructor(gatewayUrl: string, model: ModelName, inFlight: number) {
    this.pool = new Pool(gatewayUrl, { connections: inFlight });
    this.model = model;
    this.inFlight = inFlight;
  }

  async predict(hours: readonly Hour[]): Promise<Sent> {
    const failures: Record<number, number> = {};
    let answered = 0;
    await this.each(hours, async ({ id, time, features }) => {
      const status = await this.post('predict', { id, time, features });
      if (status === 200) answered += 1;
      else failures[status] = (failures[status] ?? 0) + 1;
    });
    return { requests: hours.length, answered, failures };
  }

  /** @param knownAfterDays how late the truth arrives */
  async report(hours: readonly Hour[], knownAfterDays: number): Promise<void> {
    const outcomes = hours.map(({ id, time, demand }) => ({ id, label: demand, time: plusDays(eventTime(time), knownAfterDays) }));
    for (let first = 0; first < outcomes.length; first += 500) {
      const status = await this.post('outcomes', outcomes.slice(first, first + 500));
      if (status !== 202) throw new Error(`the gateway did not take outcomes of ${this.model}: HTTP ${status}`);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async post(what: string, body: unknown): Promise<number> {
    const answer = await this.pool.request({
      path: `/models/${this.model}/${what}`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.body.dump();
    return answer.statusCode;
  }

  private async each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const queue = items.values();
    await Promise.all(
      Array.from({ length: this.inFlight }, async () => {
        for (const item of queue) await work(item);
      }),
    );
  }
}
