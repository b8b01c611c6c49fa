import type { Change } from './change.ts';
import { type Episode, isOpen, type Told } from './episode.ts';
import type { LifecycleEvent } from './event.ts';

/**
 * What people hear of a decision about an alarm: in one episode of an action of each kind once, and of an alarm that no action answers
 * only before they have heard of anything. Work that begins is always told, and so is what a person asked for.
 *
 * @param decided what the decision changes, with all that there is to tell
 */
export function toldOnce(decided: Change, { alarm, action }: Extract<LifecycleEvent, { kind: 'decided' }>): Change {
  const { state, effects } = decided;
  const { episode } = state;
  if (episode === undefined || !alarm || effects.every(({ kind }) => kind !== 'notify')) return decided;

  const kind: Told = action.kind === 'nothing' || action.kind === 'watch' ? 'alarm' : action.kind;
  const begins = effects.some((effect) => effect.kind.startsWith('start-'));
  if (!begins && !isNews(episode, kind)) return { state, effects: effects.filter((effect) => effect.kind !== 'notify') };
  const told = [...episode.told.filter((before) => before !== kind), kind];
  return { state: { ...state, episode: { ...episode, told } }, effects };
}

function isNews(episode: Episode, kind: Told): boolean {
  return kind === 'alarm' ? isOpen(episode) && episode.told.length === 0 : !episode.told.includes(kind);
}
