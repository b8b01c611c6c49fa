import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { ModelName } from '../domain/identity/names.ts';
import { entityId } from '../domain/identity/workflow-ids.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import { tell } from './messages.ts';
import type { Place } from './place.ts';

/**
 * Tells the model's entity that something happened. Only a doorbell: what it says also stands in the teller's own result, where the
 * entity looks for it by itself, so an absent entity is no failure of the work that was done.
 */
export async function ringTheDoorbell(place: Place, model: ModelName, event: LifecycleEvent): Promise<void> {
  try {
    await getExternalWorkflowHandle(entityId(place.installation, model)).signal(tell, event);
  } catch (error) {
    log.warn(`nobody answered for ${model}; the entity will find out by itself`, { error });
  }
}
