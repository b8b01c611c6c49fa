import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, ModelName } from '../identity/names.ts';
import type { PreparedData } from './prepared-data.ts';

/** Why a retraining ended before it began. */
export interface PreparationRefused extends Artefact<'preparation-refused', 1> {
  readonly model: ModelName;
  readonly decision: DecisionId;
  readonly asOf: EventTime;
  /** `inconclusive`: too few rows. `fail`: the rows there are do not fit together. */
  readonly outcome: 'fail' | 'inconclusive';
  readonly rows?: PreparedData['rows'];
  readonly says: string;
}
