import type { ModelName } from '../../domain/identity/names.ts';
import { type Alarm, type AlarmAnswer, isSameAnswer, sayAnswer } from '../../domain/lifecycle/alarm.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { alarmSubjects } from '../../domain/report/alarm-subjects.ts';
import { findAlarm, readReport } from './alarms.ts';
import { give, requireStatus } from './entity.ts';
import type { Session } from './session.ts';

export interface Acknowledged {
  readonly alarm: Alarm;
  /** What it was about, as `layer/subject`. */
  readonly subjects: readonly string[];
  /** As it stands afterwards. */
  readonly state: LifecycleState;
}

/**
 * Says what an alarm was.
 * @throws Error when no alarm, or more than one, is meant, or another answer was given before or at this moment
 */
export async function acknowledge(
  session: Session,
  model: ModelName,
  said: { readonly meant: string; readonly answer: AlarmAnswer; readonly who: string; readonly note?: string },
): Promise<Acknowledged> {
  const { meant, answer, ...about } = said;
  const { report } = findAlarm((await requireStatus(session, model)).state, meant);
  const subjects = alarmSubjects(await readReport(session.ports, report));
  await give(session, model, { kind: 'acknowledged', report, answer, subjects, ...about });

  const { state } = await requireStatus(session, model);
  const alarm = findAlarm(state, report);
  if (alarm.answer !== undefined && isSameAnswer(alarm.answer, answer)) return { alarm, subjects, state };
  throw new Error(
    `Somebody else answered at this moment${alarm.answer === undefined ? '' : `: ${sayAnswer(alarm.answer)}`}. What was said first stays.`,
  );
}
