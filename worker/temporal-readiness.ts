import type { ConnectionLike } from '@temporalio/client';
import type { TemporalConfiguration } from './configuration.ts';
import { leastRetentionDays, requiredAttributes } from './temporal-requirements.ts';

const notFound = 5;
const keyword = 2;

export interface TemporalState {
  readonly retentionDays: number;
  /** Names of the namespace's own attributes of type Keyword. */
  readonly attributes: ReadonlySet<string>;
}

/** A thing that is not as it must be, and the exact command that mends it. */
export interface Shortcoming {
  readonly says: string;
  readonly remedy: string;
}

/** @returns undefined when there is no such namespace */
export async function readTemporal(connection: ConnectionLike, namespace: string): Promise<TemporalState | undefined> {
  try {
    const [described, listed] = await Promise.all([
      connection.workflowService.describeNamespace({ namespace }),
      connection.operatorService.listSearchAttributes({ namespace }),
    ]);
    const own = Object.entries(listed.customAttributes ?? {}).filter(([, type]) => type === keyword);
    return {
      retentionDays: Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400,
      attributes: new Set(own.map(([name]) => name)),
    };
  } catch (fault) {
    if ((fault as { code?: number }).code === notFound) return undefined;
    throw fault;
  }
}

/**
 * What a server lacks before a worker may ask it for tasks: an attribute that is not registered would fail every workflow task for
 * ever. Empty when all is well.
 */
export async function temporalShortcomings(connection: ConnectionLike, temporal: TemporalConfiguration): Promise<readonly Shortcoming[]> {
  const { address, namespace } = temporal;
  const found = await readTemporal(connection, namespace);
  const where = `--namespace ${namespace} --address ${address}`;
  if (found === undefined) {
    return [
      {
        says: `Temporal at ${address} has no namespace "${namespace}".`,
        remedy: `temporal operator namespace create --retention 90d ${where}`,
      },
      ...(temporal.searchAttributes ? [missingAttributes(requiredAttributes, namespace, where)] : []),
    ];
  }
  const missing = temporal.searchAttributes ? requiredAttributes.filter((name) => !found.attributes.has(name)) : [];
  return [
    ...(found.retentionDays < leastRetentionDays
      ? [
          {
            says: `Namespace "${namespace}" keeps closed workflows for ${found.retentionDays} days; ${leastRetentionDays} are needed.`,
            remedy: `temporal operator namespace update --retention 90d ${where}`,
          },
        ]
      : []),
    ...(missing.length > 0 ? [missingAttributes(missing, namespace, where)] : []),
  ];
}

function missingAttributes(names: readonly string[], namespace: string, where: string): Shortcoming {
  return {
    says: `Namespace "${namespace}" lacks the search attributes ${names.join(', ')}.`,
    remedy: `temporal operator search-attribute create ${names.map((name) => `--name ${name} --type Keyword`).join(' ')} ${where}`,
  };
}
