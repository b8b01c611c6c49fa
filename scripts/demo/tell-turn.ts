import type { Turn } from '../replay/replay.ts';

const marks = { pass: '✓', fail: '!', inconclusive: '?' } as const;

/** A week in a few lines: what the check found, and callers that got no answer, if there were any. */
export function tellTurn({ slot, check, sent }: Turn): string {
  const [verdict, moved] = check.says;
  const unanswered = sent.requests - sent.answered;
  return [
    `  ${slot.slice(0, 10)} ${marks[check.outcome]} ${verdict ?? ''}`,
    ...(moved === undefined ? [] : [`               ${moved}`]),
    ...(unanswered === 0 ? [] : [`               ${unanswered} of ${sent.requests} callers got no answer!`]),
  ].join('\n');
}
