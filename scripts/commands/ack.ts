import type { Command } from 'commander';
import type { AlarmAnswer } from '../../domain/lifecycle/alarm.ts';
import { sayAcknowledged } from '../../domain/lifecycle/alarms-by-episode.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import { acknowledge } from '../models/acknowledge.ts';
import { policyInForce } from '../models/alarms.ts';
import { answering, print } from '../models/output.ts';
import { readTime } from '../models/read-time.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';
import { suggested } from '../models/suggestions.ts';

interface Options {
  readonly json?: true;
  readonly real?: true;
  readonly false?: true;
  readonly expected?: string;
  readonly note?: string;
}

export function ackCommand(): Command {
  return answering(
    'ack',
    'Say what an alarm was, and with it all of its episode, once: real, false, or expected. Later alarms of what is expected decide nothing until the day given.',
    'anchorwatch ack churn-nightly 2024-05-29 --expected 2024-07-01 --note "the discount has ended"',
  )
    .argument('<model>')
    .argument('<alarm>', 'a day of it, or how its report begins, as `anchorwatch status` shows them')
    .option('--real', 'it was right')
    .option('--false', 'nothing was wrong')
    .option('--expected <until>', 'it was to be expected, and will be to the end of that day (UTC)')
    .option('--note <text>', 'for the record')
    .action(async (name: string, meant: string, options: Options) => {
      const model = readModelName(name);
      const answer = answerOf(options);
      await inSession(async (session) => {
        const said = { meant, answer, who: whoAmI(), ...(options.note === undefined ? {} : { note: options.note }) };
        const { alarm, episode, subjects, state } = await acknowledge(session, model, said);
        const { watch } = await policyInForce(session.ports, state);
        const { suggestions, told } = await suggested(session.ports, state);
        const first = `The ${sayAcknowledged(episode, subjects, answer)}`;
        print(options, { model, alarm, subjects, suggestions }, [first, ...tellAlarms(state, watch), ...told].join('\n'));
      });
    });
}

/** @throws Error unless just one of the three is said */
function answerOf({ real, false: wrong, expected }: Options): AlarmAnswer {
  const said: AlarmAnswer[] = [
    ...(real ? [{ kind: 'real' } as const] : []),
    ...(wrong ? [{ kind: 'false' } as const] : []),
    ...(expected === undefined ? [] : [{ kind: 'expected', until: readTime(expected) } as const]),
  ];
  const [answer] = said;
  if (answer !== undefined && said.length === 1) return answer;
  throw new Error('Say one thing of it: --real, --false or --expected <until>.');
}
