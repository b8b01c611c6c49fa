import { ApplicationFailure } from '@temporalio/common';
import { allHandlersFinished, condition, log, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { RecordingActivities } from '../activities/recording.ts';
import { acknowledge } from '../domain/lifecycle/acknowledge.ts';
import type { LifecycleEffect } from '../domain/lifecycle/effect.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import { type Command, refusal } from '../domain/lifecycle/refusal.ts';
import { newestRules, type Rules } from '../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { awaited, tellState } from '../domain/lifecycle/tell-state.ts';
import { transition } from '../domain/lifecycle/transition.ts';
import { mark } from './mark.ts';
import type { CommandAnswer, EntityStatus } from './messages.ts';
import { type Lane, laneOf, lanes, perform } from './perform.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';
import { reconcile } from './reconcile.ts';

const reconcileMilliseconds = 10 * 60_000;
const freshRunMilliseconds = 24 * 3_600_000;

export interface MaintainModelStart {
  /** Version of the lifecycle rules this run keeps to. */
  readonly rules: Rules;
  readonly state: LifecycleState;
  /** Events that had come but not been answered when the last run ended. */
  readonly inbox: readonly LifecycleEvent[];
}

/** What one run of `maintainModel` has in mind and in hand. Nothing of it but {@link left} outlives the run. */
export class Entity {
  private readonly rules: Rules;
  private readonly place: Place;
  private state: LifecycleState;
  private readonly inbox: LifecycleEvent[];
  private readonly decided: Extract<LifecycleEvent, { kind: 'decided' }>[] = [];
  private readonly busy = new Set<Lane | 'snapshot' | 'reconcile'>();
  private stirred = false;
  private wasCancelled = false;
  private savedRevision = -1;
  /** What was answered since the last snapshot was begun. */
  private unsaved: LifecycleEvent[] = [];
  private reconciledAt = 0;
  private shown = '';

  constructor({ rules, state, inbox }: MaintainModelStart, place: Place) {
    this.rules = rules;
    this.place = place;
    this.state = state;
    this.inbox = [...inbox];
  }

  hear(event: LifecycleEvent): void {
    this.inbox.push(event);
  }

  /** A cancel from Temporal's UI must not end the entity: it is a pause, with a note. */
  hearCancel(): void {
    this.wasCancelled = true;
    this.hear({
      eventId: `cancel-${workflowInfo().runId}`,
      kind: 'paused',
      who: 'a cancel request',
      reason: `cancelled from outside; a model ends only by: anchorwatch retire ${this.state.model}`,
    });
  }

  get status(): EntityStatus {
    const unrecorded = this.state.revision === this.savedRevision ? 0 : 1;
    return { state: this.state, pending: { events: this.inbox.length + unrecorded, effects: this.state.outbox.length } };
  }

  /** What the next run begins with: under the newest rules, for they go on from any state that older ones left. */
  get left(): MaintainModelStart {
    return { rules: newestRules, state: this.state, inbox: this.inbox };
  }

  /** @throws ApplicationFailure with the reason when a command makes no sense now */
  refuse(asked: Command): void {
    const why = refusal(this.state, asked);
    if (why !== undefined) throw ApplicationFailure.create({ type: 'CommandRefused', message: why, nonRetryable: true });
  }

  /** Takes a command, and answers when it has taken effect; a request for a decision, when it was decided or could not be. */
  async answer(asked: Command): Promise<CommandAnswer> {
    this.hear(asked);
    await condition(() => this.hasTakenEffect(asked));
    const made = this.decided.find(({ eventId }) => eventId.startsWith(asked.eventId));
    return {
      revision: this.state.revision,
      awaited: awaited(this.state),
      ...(made === undefined ? {} : { decision: { id: made.decision, action: made.action, because: made.because } }),
    };
  }

  private hasTakenEffect({ eventId, kind }: Command): boolean {
    if (!this.state.seen.includes(eventId) || this.inbox.some((event) => event.eventId.startsWith(eventId))) return false;
    return kind !== 'requested' || !this.state.outbox.some((effect) => effect.kind === 'ask-decision' && effect.key.startsWith(eventId));
  }

  /** Answers all that has come. */
  live(): void {
    for (let event = this.inbox.shift(); event !== undefined; event = this.inbox.shift()) {
      const before = this.state;
      this.state = transition(this.rules, before, event).state;
      this.unsaved.push(event);
      if (event.kind === 'decided' && event.stateRevision === before.revision) this.decided.push(event);
    }
    this.show();
  }

  /** Sets going what is to be done outside: the effects of a lane in order, each lane on its own. */
  work(): void {
    for (const lane of lanes) {
      const effect = this.nextOf(lane);
      if (effect !== undefined) this.occupy(lane, () => this.carryOut(effect));
    }
    if (this.state.revision > this.savedRevision) this.occupy('snapshot', () => this.save());
    if (isInFlight(this.state) && Date.now() - this.reconciledAt >= reconcileMilliseconds) {
      this.occupy('reconcile', () => this.watchChildren());
    }
  }

  isRetired(): boolean {
    return this.state.phase.at === 'retired' && this.isQuiet() && allHandlersFinished();
  }

  /**
   * Whether to go on in a new run: when this one is old, or was cancelled (only a new one can be cancelled again), and at rest; when its
   * history is long, as soon as no child is just being started. What else was under way stands in the outbox, and its key makes it once.
   */
  isToBeginAnew(): boolean {
    if (!allHandlersFinished()) return false;
    const { continueAsNewSuggested, startTime } = workflowInfo();
    if (continueAsNewSuggested) return !this.busy.has('steer');
    const isOld = Date.now() - startTime.getTime() >= freshRunMilliseconds;
    return (isOld || this.wasCancelled) && this.isQuiet();
  }

  /** Until something has come, has been done, or is due. */
  async untilStirred(): Promise<void> {
    await condition(() => this.stirred || this.inbox.length > 0, this.untilNextDeadline(), { summary: this.nameNextDeadline() });
    this.stirred = false;
    const { phase } = this.state;
    if (phase.at !== 'awaiting-approval' || Date.now() < phase.expiresAtWallMilliseconds) return;
    this.hear({ eventId: `expired-${phase.evidence.slice(0, 24)}`, kind: 'approval-expired', evidence: phase.evidence });
  }

  /** What the timer is for, as Temporal's UI shows it. */
  private nameNextDeadline(): string {
    if (this.state.phase.at === 'awaiting-approval') return 'until the approval expires';
    return isInFlight(this.state) ? 'until the next look at what is under way' : 'until a new run is due';
  }

  private isQuiet(): boolean {
    return this.busy.size === 0 && this.state.outbox.length === 0 && this.state.revision === this.savedRevision;
  }

  /** One piece of work of a kind at a time. None of it can end the entity. */
  private occupy(what: Lane | 'snapshot' | 'reconcile', work: () => Promise<void>): void {
    if (this.busy.has(what)) return;
    this.busy.add(what);
    work()
      .catch((error: unknown) => log.error(`${what} of ${this.state.model} failed`, { error }))
      .finally(() => {
        this.busy.delete(what);
        this.stirred = true;
      });
  }

  /** What comes of an effect is answered before the next of its lane: a decision made of a state that is past would be made again. */
  private async carryOut(effect: LifecycleEffect): Promise<void> {
    const settle = await perform(
      effect,
      () => this.state,
      this.place,
      (event) => this.hear(event),
    );
    this.state = acknowledge(settle(this.state), effect.key);
  }

  /**
   * Nothing is done outside before what has come is answered, or a decision would always be one of an older state, and before it is on
   * record why. A run that is about to end steers no more.
   */
  private nextOf(lane: Lane): LifecycleEffect | undefined {
    if (this.inbox.length > 0 || this.state.revision > this.savedRevision) return undefined;
    if (lane === 'steer' && workflowInfo().continueAsNewSuggested && allHandlersFinished()) return undefined;
    return this.state.outbox.find((effect) => laneOf(effect) === lane);
  }

  /** A run that was reset finds that its past went further, and goes on from there; what it has heard since, it hears once more. */
  private async save(): Promise<void> {
    const saved = this.state;
    const answered = this.unsaved.splice(0);
    const newest = await on<RecordingActivities>(this.place, 'control', `snapshot ${saved.revision}`).saveSnapshot(saved);
    if (newest !== undefined) {
      this.inbox.unshift(...answered, ...this.unsaved.splice(0));
      this.state = newest;
    }
    this.savedRevision = (newest ?? saved).revision;
  }

  /** What was seen of a phase that has ended meanwhile is of no use. */
  private async watchChildren(): Promise<void> {
    this.reconciledAt = Date.now();
    const { phase } = this.state;
    const found = await reconcile(this.state, this.place);
    if (phase === this.state.phase) for (const event of found) this.hear(event);
  }

  private untilNextDeadline(): number {
    const { phase } = this.state;
    if (phase.at === 'awaiting-approval') return Math.max(1, Math.min(phase.expiresAtWallMilliseconds - Date.now(), freshRunMilliseconds));
    return isInFlight(this.state) ? reconcileMilliseconds : freshRunMilliseconds;
  }

  private show(): void {
    const text = tellState(this.state);
    if (text === this.shown) return;
    this.shown = text;
    const { phase, paused, champion, lastDecision } = this.state;
    setCurrentDetails(text);
    mark(this.place, {
      phase: paused === undefined ? phase.at : 'paused',
      ...(champion === undefined ? {} : { version: champion }),
      ...(lastDecision === undefined ? {} : { decision: lastDecision.action.kind }),
    });
  }
}

function isInFlight({ phase, baselining }: LifecycleState): boolean {
  return baselining !== undefined || phase.at === 'retraining' || phase.at === 'rolling-out' || phase.at === 'rolling-back';
}
