/** What training programs and model servers are given, unless the environment of the worker that starts them says otherwise. */
export const considerateEnvironment = {
  // MLflow's own telemetry changes the environment while other threads read it: now and then a logged metric fails of it.
  MLFLOW_DISABLE_TELEMETRY: 'true',
  // OpenMP's idle threads spin by default: where several programs share a machine, that costs more than the work itself.
  OMP_WAIT_POLICY: 'PASSIVE',
} as const;
