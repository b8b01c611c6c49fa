import type { ModelName, Version } from '../../domain/identity/names.ts';
import type { StackAddresses } from '../../worker/stack-record.ts';
import type { Session } from '../models/session.ts';
import type { Played } from './play.ts';

/** How a person calls this program: from a checkout, or as an installed package. */
const ownCommand = import.meta.url.endsWith('.ts') ? 'npm run -s anchorwatch --' : 'npx anchorwatch';

const model = 'bike-demand' as ModelName;

/** The whole story on one screen: the acts, what became of each version, and where to look further. */
export async function tellSummary(
  session: Session,
  played: readonly Played[],
  addresses: StackAddresses,
  seconds: number,
): Promise<string> {
  const acts = played.map(({ title, says, asItMust }) => `  ${asItMust ? '✓' : '✗'} ${title.padEnd(48)} ${says}`);
  return [
    `\n${played.filter(({ asItMust }) => asItMust).length} of ${played.length} acts ended as they must, in ${Math.round(seconds)} s.`,
    ...acts,
    '\nVersions in MLflow',
    ...(await versions(session)),
    '\nLook further',
    `  Temporal   ${addresses.temporalUi}/namespaces/${session.configuration.temporal.namespace}/workflows`,
    `  MLflow     ${addresses.mlflow}/#/models/${model}`,
    `  reasons    ${ownCommand} why ${model}`,
    `  all of it  ${ownCommand} history ${model}`,
  ].join('\n');
}

async function versions({ ports }: Session): Promise<string[]> {
  const { champion, previous } = await ports.registry.aliases(model);
  const lines: string[] = [];
  for (let number = 1; ; number += 1) {
    const version = String(number) as Version;
    const registered = await ports.registry.find(model, version);
    if (registered === undefined) return lines;
    const alias = version === champion ? 'champion' : version === previous ? 'previous' : '';
    const { 'anchorwatch.status': status = '', 'anchorwatch.reason': reason = '' } = registered.tags;
    lines.push(`  ${version.padEnd(3)} ${alias.padEnd(9)} ${status.padEnd(12)} ${reason}`);
  }
}
