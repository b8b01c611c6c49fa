import { policyFileSchema } from './schema.ts';

/** The schema as it stands in `schema/anchorwatch.schema.json`. */
export function policyFileSchemaText(): string {
  return `${JSON.stringify(policyFileSchema(), null, 2)}\n`;
}
