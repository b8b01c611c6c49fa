import { TableUnusable } from '../adapters/source/files/find-tables.ts';
import type { ModelName } from '../domain/identity/names.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { expand } from '../domain/policy/standard.ts';

const anyPolicy = expand({
  model: 'check' as ModelName,
  task: { kind: 'regression' },
  sources: { predictions: { from: 'files', glob: '*', id: [], time: '', prediction: '' } },
});

/** The policy a file holds; without one the standard one, which names no columns. What reads policies is loaded only for a file. */
export async function policyIn(path: string | undefined): Promise<Policy> {
  if (path === undefined) return anyPolicy;
  const [{ readPolicyFile }, { renderProblems }] = await Promise.all([
    import('../adapters/policy-file/read-policy-file.ts'),
    import('../adapters/policy-file/problem.ts'),
  ]);
  const reading = readPolicyFile(path);
  if (!reading.ok) throw new TableUnusable(renderProblems(reading.problems));
  return reading.policy;
}
