import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { SecretName } from '../domain/policy/policy.ts';
import { ConfigurationProblem } from './configuration-problem.ts';

const secretName = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'a secret is given by name: "env:NAME" or "file:PATH"')
  .transform((text) => text as SecretName);

const address = z.url('write a whole address, such as "https://mlflow.example.org"');

/** What `anchorwatch.config.yaml` may say. */
const configurationFile = z.strictObject({
  installation: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'small letters, digits and hyphens, at most 20')
    .optional(),
  temporal: z
    .strictObject({
      address: z
        .string()
        .regex(/^[^\s/]+:\d+$/, 'write host:port')
        .optional(),
      namespace: z.string().min(1).optional(),
      profile: z.string().min(1).optional(),
      apiKey: secretName.optional(),
      searchAttributes: z.enum(['on', 'off'], 'write "on" or "off"').optional(),
      tls: z
        .union([
          z.boolean(),
          z.strictObject({
            serverName: z.string().optional(),
            serverCa: z.string().optional(),
            clientCertificate: z.string().optional(),
            clientKey: secretName.optional(),
          }),
        ])
        .optional(),
    })
    .optional(),
  mlflow: z
    .strictObject({
      trackingUri: address,
      auth: z.union([z.strictObject({ token: secretName }), z.strictObject({ username: z.string(), password: secretName })]).optional(),
    })
    .optional(),
  store: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('file') }),
      z.strictObject({
        kind: z.literal('s3'),
        bucket: z.string().min(3),
        endpoint: address.optional(),
        region: z.string().default('us-east-1'),
        prefix: z.string().default(''),
        accessKeyId: secretName.optional(),
        secretAccessKey: secretName.optional(),
      }),
    ])
    .optional(),
  serving: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('mlflow') }),
      z.strictObject({
        kind: z.literal('endpoints'),
        urlTemplate: z
          .string()
          .regex(/\{version\}/, 'must contain {version}, such as "https://serve.example.org/{model}/{version}/invocations"'),
      }),
    ])
    .optional(),
  gateway: z.strictObject({ url: address }).optional(),
  python: z.strictObject({ bin: z.string().min(1) }).optional(),
});

export type ConfigurationFile = z.infer<typeof configurationFile>;

/**
 * Reads `anchorwatch.config.yaml` of the folder; a missing file says nothing.
 * @throws ConfigurationProblem naming every fault with file:line:column
 */
export function readConfigurationFile(folder: string): ConfigurationFile {
  const path = join(folder, 'anchorwatch.config.yaml');
  if (!existsSync(path)) return {};

  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const placed = (faults: readonly Fault[]) =>
    faults
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ offset, says }) => {
        const { line, col } = lines.linePos(offset);
        return `${path}:${line}:${col}  ${says}`;
      });
  if (document.errors.length > 0) {
    throw problem(placed(document.errors.map(({ pos, message }) => ({ offset: pos[0], says: message.split('\n')[0] ?? message }))));
  }

  const answer = configurationFile.safeParse(document.toJS() ?? {});
  if (answer.success) return answer.data;
  throw problem(placed(answer.error.issues.flatMap((issue) => faultsOf(issue, document))));
}

interface Fault {
  readonly offset: number;
  readonly says: string;
}

function faultsOf(issue: z.core.$ZodIssue, document: Document): readonly Fault[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ offset: offsetOfValue(document, issue.path), says: `${issue.path.join('.')}: ${issue.message}` }];
  const parent = document.getIn(issue.path, true);
  return issue.keys.map((key) => {
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return { offset: offset ?? offsetOfValue(document, issue.path), says: `${[...issue.path, key].join('.')} is not a key` };
  });
}

/** Of the value, or of the nearest value around it that is there. */
function offsetOfValue(document: Document, keys: readonly PropertyKey[]): number {
  const node = document.getIn(keys, true);
  if (isNode(node) && node.range) return node.range[0];
  return keys.length === 0 ? 0 : offsetOfValue(document, keys.slice(0, -1));
}

function problem(lines: readonly string[]): ConfigurationProblem {
  return new ConfigurationProblem(
    `${lines.join('\n')}\n${lines.length === 1 ? '1 problem' : `${lines.length} problems`}, nothing started.`,
  );
}
