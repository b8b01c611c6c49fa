import { Command } from 'commander';

/** Prints one answer: text for people, or pure JSON with a version on standard output. */
export function print(options: { readonly json?: true }, body: object, text: string): void {
  console.log(options.json ? JSON.stringify({ schemaVersion: 1, ...body }, undefined, 2) : text);
}

/** A command that can answer in JSON, with an example in its help. */
export function answering(name: string, description: string, example: string): Command {
  return new Command(name).description(description).option('--json', 'the answer as JSON').addHelpText('after', `\nExample:\n  ${example}`);
}
