import { z } from 'zod';

const text = z.string().min(1);
const texts = z.array(text);
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const environment = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

const service = z.strictObject({
  image: text,
  pull_policy: z.enum(['always', 'never', 'missing', 'build']).optional(),
  build: z.strictObject({ context: text, dockerfile: text.optional() }).optional(),
  restart: z
    .string()
    .regex(/^(no|always|unless-stopped|on-failure(:\d+)?)$/)
    .optional(),
  init: z.boolean().optional(),
  network_mode: text.optional(),
  environment: environment.optional(),
  entrypoint: texts.optional(),
  command: texts.optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
  volumes: texts.optional(),
  stop_grace_period: duration.optional(),
  healthcheck: z.strictObject({ test: texts.min(2), interval: duration, timeout: duration, retries: z.int().positive() }).optional(),
  depends_on: z
    .record(
      text,
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
        restart: z.boolean().optional(),
      }),
    )
    .optional(),
});

/** The part of the Compose specification that our file uses, and no more: a misspelt key is a fault. */
export const composeFile = z.object({
  name: text,
  services: z.record(text, service),
  volumes: z.record(text, z.null()),
});

export type ComposeFile = z.infer<typeof composeFile>;
