import { Context } from '@temporalio/activity';

const beatMilliseconds = 1000;

/**
 * Tells Temporal every second that this process lives and waits for the work. So a server that is silent for longer than the heartbeat
 * time-out is told of by the work's own error, and a long query is no death of its worker.
 */
export async function beating<T>(says: string, work: Promise<T>): Promise<T> {
  const context = Context.current();
  const pulse = setInterval(() => context.heartbeat({ says }), beatMilliseconds);
  try {
    return await work;
  } finally {
    clearInterval(pulse);
  }
}

type Activity = (...args: never[]) => Promise<unknown>;

/** Activities that beat all the time they are at work: for those that read nothing from their own heartbeats. */
export function allBeating<A extends Readonly<Record<string, Activity>>>(activities: A): A {
  const names = Object.entries(activities).map(([name, activity]) => [
    name,
    (...args: never[]) => beating(`At work: ${name}.`, activity(...args)),
  ]);
  return Object.fromEntries(names) as A;
}
