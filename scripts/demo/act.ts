import type { EventTime } from '../../domain/identity/event-time.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Session } from '../models/session.ts';
import type { Replay, Turn } from '../replay/replay.ts';

/** What every act works with. */
export interface Stage {
  readonly session: Session;
  readonly replay: Replay;
  readonly policy: Policy;
  readonly applied: AppliedPolicy;
  readonly exampleFolder: string;
  /** Where the story's clock begins. */
  readonly from: EventTime;
  say(line: string): void;
  /** One turn of the replay, told. */
  turn(): Promise<Turn>;
  /** Tells what was decided and done since it was told last. */
  tellNews(): Promise<void>;
}

/** How an act ended, found out from the running system. */
export interface Ending {
  readonly asItMust: boolean;
  readonly says: string;
}

export interface Act {
  readonly title: string;
  /** What it shows, for a newcomer. */
  readonly intent: string;
  play(stage: Stage): Promise<Ending>;
}

export function ending(asItMust: boolean, says: string): Ending {
  return { asItMust, says };
}

export function championOf(state: LifecycleState): string {
  return state.champion ?? 'none';
}
