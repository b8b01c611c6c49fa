import type { StackAddresses } from '../../worker/stack-record.ts';

/** The table a person sees when the stack is up. */
export function tellAddresses(addresses: StackAddresses, stateRoot: string): string {
  const rows = [
    ['Temporal', addresses.temporal],
    ['Temporal UI', addresses.temporalUi],
    ['MLflow UI', addresses.mlflow],
    ['Gateway', addresses.gateway],
    ['State, logs', stateRoot],
  ];
  return `\n${rows.map(([name, where]) => `  ${name?.padEnd(13)}${where}`).join('\n')}\n\n  One machine, no access control, no backup: not for production.\n`;
}
