import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { type Alarm, type AlarmAnswer, isSameAnswer, sayAnswer } from '../../domain/lifecycle/alarm.ts';
import { type EpisodeOfAlarms, episodeOf } from '../../domain/lifecycle/alarms-by-episode.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { alarmSubjects } from '../../domain/report/alarm-subjects.ts';
import { findAlarm, readReport } from './alarms.ts';
import { give, requireStatus } from './entity.ts';
import type { Session } from './session.ts';

export interface Acknowledged {
  /** The one that was meant. */
  readonly alarm: Alarm;
  /** What is answered with it. */
  readonly episode: EpisodeOfAlarms;
  /** What they were about, as `layer/subject`. */
  readonly subjects: readonly string[];
  /** As it stands afterwards. */
  readonly state: LifecycleState;
}

/**
 * Says what an alarm was, and all of its episode.
 * @throws Error when no alarm, or more than one, is meant, or another answer was given before or at this moment
 */
export async function acknowledge(
  session: Session,
  model: ModelName,
  said: { readonly meant: string; readonly answer: AlarmAnswer; readonly who: string; readonly note?: string },
): Promise<Acknowledged> {
  const { meant, answer, ...about } = said;
  const standing = (await requireStatus(session, model)).state;
  const { report } = findAlarm(standing, meant);
  const subjects = await subjectsOf(session, episodeMeant(standing, report));
  await give(session, model, { kind: 'acknowledged', report, answer, subjects, ...about });

  const { state } = await requireStatus(session, model);
  const alarm = findAlarm(state, report);
  if (alarm.answer !== undefined && isSameAnswer(alarm.answer, answer))
    return { alarm, episode: episodeMeant(state, report), subjects, state };
  throw new Error(
    `Somebody else answered at this moment${alarm.answer === undefined ? '' : `: ${sayAnswer(alarm.answer)}`}. What was said first stays.`,
  );
}

function episodeMeant(state: LifecycleState, report: Digest): EpisodeOfAlarms {
  return episodeOf(state.alarms ?? [], findAlarm(state, report));
}

async function subjectsOf({ ports }: Session, { alarms }: EpisodeOfAlarms): Promise<string[]> {
  const reports = await Promise.all(alarms.map(({ report }) => readReport(ports, report)));
  return [...new Set(reports.flatMap(alarmSubjects))];
}
