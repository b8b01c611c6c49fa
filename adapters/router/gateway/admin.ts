import { z } from 'zod';
import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import { call, type GatewayAddress, type GatewayAnswer, unexpected } from './call.ts';

const sealing = z.object({ sealed: z.array(z.string()), watermark: z.string().optional() });
const statuses = z.record(z.string(), z.number());
const counters = z.record(
  z.string(),
  z.object({
    requests: z.record(z.string(), statuses),
    outcomes: z.number(),
    dropped: z.number(),
    torn: z.number(),
    timeIgnored: z.number(),
    malformed: statuses,
    failedWrites: z.number(),
  }),
);
const health = z.object({
  status: z.literal('ok'),
  models: z.record(z.string(), z.object({ epoch: z.number(), replay: z.boolean(), held: z.boolean() })),
});

/** What a replay and people need of a gateway besides its routing tables. */
export interface GatewayAdmin {
  /** Seals what is open; `asOf` counts only where the model is replayed. */
  seal(model: ModelName, asOf?: EventTime): Promise<{ readonly sealed: readonly string[]; readonly watermark?: EventTime }>;
  /** Per model, since the gateway started. */
  counters(): Promise<z.infer<typeof counters>>;
  health(): Promise<z.infer<typeof health>>;
}

export function createGatewayAdmin(address: GatewayAddress): GatewayAdmin {
  const read = <T>(schema: z.ZodType<T>, wish: string, answer: GatewayAnswer): T => {
    const body = schema.safeParse(answer.body);
    if (answer.status !== 200 || !body.success) throw unexpected(address.url, wish, answer);
    return body.data;
  };
  return {
    async seal(model, asOf) {
      const answer = await call(address, 'POST', `models/${model}/seal`, { ...(asOf !== undefined && { asOf }) });
      const { sealed, watermark } = read(sealing, `sealing the log of ${model}`, answer);
      return { sealed, ...(watermark !== undefined && { watermark: watermark as EventTime }) };
    },
    counters: async () => read(counters, 'reading the counters', await call(address, 'GET', 'counters')),
    health: async () => read(health, 'reading the health', await call(address, 'GET', 'health')),
  };
}
