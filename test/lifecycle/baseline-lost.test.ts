import { expect, it } from 'vitest';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';

const by = '2011-04-04T00:00:00.000Z-0123456789ab' as DecisionId;
const asOf = '2011-04-11T00:00:00.000Z' as EventTime;
const heldOut = 'b'.repeat(64) as Digest;
const policy = { digest: 'a'.repeat(64) as Digest, folder: '/', mode: 'act', approval: 'none' } as const;
const rollingOut: LifecycleState = {
  ...firstState('bike' as ModelName, policy, 'live'),
  phase: { at: 'rolling-out', by, candidate: '2' as Version, heldOut },
};

function promoted(): LifecycleState {
  const report = { decision: by, candidate: '2' as Version, outcome: 'promoted', asOf, says: 'harmless' } as const;
  return transition(1, rollingOut, { eventId: `${by}/rolled-out`, kind: 'rolled-out', report }).state;
}

const ended = (state: LifecycleState, status: string, run: string) =>
  transition(1, state, { eventId: `${by}/baseline-ended-${run}`, kind: 'child-ended', child: 'baseline', by, status });

const begun = ({ effects }: ReturnType<typeof ended>) => effects.filter(({ kind }) => kind === 'start-baseline');

it('given the baseline of a new champion is terminated, then it is begun again with the same wish', () => {
  const change = ended(promoted(), 'TERMINATED', 'run-1');
  expect(begun(change)).toMatchObject([{ by, asOf, version: '2', heldOut }]);
});

it('given it is terminated again, then it is given up, and people are told the command to give', () => {
  const change = ended(ended(promoted(), 'TERMINATED', 'run-1').state, 'TERMINATED', 'run-2');
  expect(begun(change)).toEqual([]);
  expect(change.state.baselining).toBeUndefined();
  expect(change.effects.find(({ kind }) => kind === 'notify')).toMatchObject({
    says: expect.stringContaining('anchorwatch baseline bike'),
  });
});

it('given a person cancels it, then it is not begun again', () => {
  expect(begun(ended(promoted(), 'CancelledFailure', 'run-1'))).toEqual([]);
});

it('given it was taken, when its end is told late, then nothing follows', () => {
  const baseline = 'c'.repeat(64) as Digest;
  const event = { eventId: `${by}/baseline-taken`, kind: 'baseline-taken', baseline, version: '2' as Version, says: '' } as const;
  const { state } = transition(1, promoted(), event);
  expect(state).toMatchObject({ baseline });
  expect(ended(state, 'TERMINATED', 'run-1').effects).toEqual([]);
});
