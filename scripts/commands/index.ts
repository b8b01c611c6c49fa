import type { Command } from 'commander';

export interface CommandEntry {
  readonly name: string;
  /** One line for the list; the command itself says more. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order a newcomer meets them. */
export const commands: readonly CommandEntry[] = [
  { name: 'up', summary: 'start the embedded stack, not meant for production', load: async () => (await import('./up.ts')).upCommand() },
  {
    name: 'demo',
    summary: 'watch one real model degrade and be kept healthy, on real servers',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  { name: 'doctor', summary: 'check every part and say how to mend it', load: async () => (await import('./doctor.ts')).doctorCommand() },
  { name: 'apply', summary: 'maintain a model by its policy', load: async () => (await import('./apply.ts')).applyCommand() },
  { name: 'validate', summary: 'check a policy file', load: async () => (await import('./validate.ts')).validateCommand() },
  { name: 'status', summary: 'how a model stands, or all of them', load: async () => (await import('./status.ts')).statusCommand() },
  {
    name: 'baseline',
    summary: 'take the baseline of a model anew',
    load: async () => (await import('./baseline.ts')).baselineCommand(),
  },
  { name: 'check', summary: 'look at a model now, or as of a time', load: async () => (await import('./check.ts')).checkCommand() },
  {
    name: 'profile',
    summary: 'count a table once, for checks against it',
    load: async () => (await import('./profile.ts')).profileCommand(),
  },
  {
    name: 'report',
    summary: 'what a check found, as a page or as Markdown',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  {
    name: 'worst',
    summary: 'the predictions that turned out most wrong, by their ids',
    load: async () => (await import('./worst.ts')).worstCommand(),
  },
  {
    name: 'backtest',
    summary: "prove a policy on a model's own past, without any server",
    load: async () => (await import('./backtest.ts')).backtestCommand(),
  },
  {
    name: 'retrain',
    summary: 'ask for a retraining, or an emergency one',
    load: async () => (await import('./retrain.ts')).retrainCommand(),
  },
  {
    name: 'approve',
    summary: 'let a candidate that waits into traffic',
    load: async () => (await import('./approve.ts')).approveCommand(),
  },
  {
    name: 'reject',
    summary: 'keep a candidate that waits out of traffic',
    load: async () => (await import('./reject.ts')).rejectCommand(),
  },
  {
    name: 'apply-decision',
    summary: 'in mode advise: do what was decided',
    load: async () => (await import('./apply-decision.ts')).applyDecisionCommand(),
  },
  {
    name: 'rollback',
    summary: 'take the newest version out of traffic',
    load: async () => (await import('./rollback.ts')).rollbackCommand(),
  },
  { name: 'ack', summary: 'say what an alarm was', load: async () => (await import('./ack.ts')).ackCommand() },
  { name: 'pause', summary: 'keep watching, decide nothing', load: async () => (await import('./pause.ts')).pauseCommand() },
  { name: 'resume', summary: 'end a pause or a wait for attention', load: async () => (await import('./resume.ts')).resumeCommand() },
  {
    name: 'recover',
    summary: 'begin a model anew from its last snapshot',
    load: async () => (await import('./recover.ts')).recoverCommand(),
  },
  { name: 'retire', summary: 'end the maintenance of a model', load: async () => (await import('./retire.ts')).retireCommand() },
  { name: 'why', summary: 'why was this decided, or nothing done?', load: async () => (await import('./why.ts')).whyCommand() },
  { name: 'history', summary: 'everything that happened to a model', load: async () => (await import('./history.ts')).historyCommand() },
];
