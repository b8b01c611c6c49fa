/** What is wrong with the deployment's configuration, for a person: where, what, and what to write instead. */
export class ConfigurationProblem extends Error {
  override readonly name = 'ConfigurationProblem';
}
