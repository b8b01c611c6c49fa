import { CancellationScope, continueAsNew, isCancellation, setHandler } from '@temporalio/workflow';
import { Entity, type MaintainModelStart } from './entity.ts';
import { command, status, tell } from './messages.ts';
import type { Place } from './place.ts';

/**
 * One model's life, for as long as it is maintained: what happened goes into the inbox, `transition` says what comes next, and what is
 * to be done outside stands in the outbox until it is acknowledged. It never trains, watches, profiles or waits on data, so it is always
 * there to answer; only `retire` ends it.
 */
export async function maintainModel(start: MaintainModelStart, place: Place): Promise<void> {
  const entity = new Entity(start, place);
  setHandler(tell, (event) => entity.hear(event));
  setHandler(status, () => entity.status);
  setHandler(command, (asked) => CancellationScope.nonCancellable(() => entity.answer(asked)), {
    validator: (asked) => entity.refuse(asked),
  });
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
    entity.hearCancel();
  });

  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      entity.live();
      if (entity.isRetired()) return;
      if (entity.isToBeginAnew()) await continueAsNew<typeof maintainModel>(entity.left, place);
      entity.work();
      await entity.untilStirred();
    }
  });
}
