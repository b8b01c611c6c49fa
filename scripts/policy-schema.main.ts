import { writeFileSync } from 'node:fs';
import { policyFileSchemaText } from '../adapters/policy-file/schema-text.ts';

/** Writes the JSON schema that editors check a policy file with. Run it after a change of the schema: a test says when it is stale. */
writeFileSync(new URL('../schema/anchorwatch.schema.json', import.meta.url), policyFileSchemaText());
