import type { EventTime } from '../identity/event-time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Segment } from './segment.ts';

/** Where a model's records come from. */
export interface Sources {
  /** Every sealed segment of predictions and outcomes whose rows were known by then, in no particular order. */
  find(policy: Policy, folder: string, knownBy: EventTime): Promise<readonly Segment[]>;
  /** Files of labelled rows from before the model was watched; a program gives them up to the day when labels had matured by then. */
  history(policy: Policy, folder: string, knownBy: EventTime): Promise<readonly string[]>;
  /** Id of the bytes a path holds now, so that a file changed since it was found is noticed; undefined when it is gone. */
  identify(path: string): Promise<string | undefined>;
}
