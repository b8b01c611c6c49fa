import type { Command } from 'commander';
import { type AlarmAnswer, isSameAnswer, sayAnswer } from '../../domain/lifecycle/alarm.ts';
import { tellAlarms } from '../../domain/lifecycle/tell-alarms.ts';
import { alarmSubjects } from '../../domain/report/alarm-subjects.ts';
import { sayNames } from '../../domain/report/say-names.ts';
import { findAlarm, policyInForce, readReport } from '../models/alarms.ts';
import { give, requireStatus } from '../models/entity.ts';
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
    'Say what an alarm was, once: real, false, or expected. Later alarms of what is expected decide nothing until the day given.',
    'anchorwatch ack churn-nightly 2024-05-29 --expected 2024-07-01 --note "the discount has ended"',
  )
    .argument('<model>')
    .argument('<alarm>', 'its day, or how its report begins, as `anchorwatch status` shows them')
    .option('--real', 'it was right')
    .option('--false', 'nothing was wrong')
    .option('--expected <until>', 'it was to be expected, and will be to the end of that day (UTC)')
    .option('--note <text>', 'for the record')
    .action(async (name: string, meant: string, options: Options) => {
      const model = readModelName(name);
      const answer = answerOf(options);
      await inSession(async (session) => {
        const { report } = findAlarm((await requireStatus(session, model)).state, meant);
        const subjects = alarmSubjects(await readReport(session.ports, report));
        const note = options.note === undefined ? {} : { note: options.note };
        await give(session, model, { kind: 'acknowledged', report, answer, subjects, who: whoAmI(), ...note });

        const { state } = await requireStatus(session, model);
        const alarm = findAlarm(state, report);
        if (alarm.answer === undefined || !isSameAnswer(alarm.answer, answer))
          throw new Error(
            `Somebody else answered at this moment: it was ${alarm.answer === undefined ? 'lost' : sayAnswer(alarm.answer)}.`,
          );
        const told = `The alarm of ${alarm.asOf.slice(0, 10)} (${sayNames(subjects)}) was ${sayAnswer(answer)}.`;
        const { watch } = await policyInForce(session.ports, state);
        const { suggestions, told: suggests } = await suggested(session.ports, state);
        print(options, { model, alarm, subjects, suggestions }, [told, ...tellAlarms(state, watch), ...suggests].join('\n'));
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
