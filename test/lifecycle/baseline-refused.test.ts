import { describe, expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { tellState } from '../../domain/lifecycle/tell-state.ts';
import { transition } from '../../domain/lifecycle/transition.ts';

const digest = 'a'.repeat(64) as Digest;
const asOf = eventTime('2024-02-01');
const says = 'Refused as a baseline: 2024-01-01 to 2024-01-28 is not steady. warmth has a trend.';
const watched = firstState('heating' as ModelName, { digest, folder: '/', mode: 'watch', approval: 'none' }, 'live');
const refused: LifecycleEvent = { eventId: 'baseline-refused-1', kind: 'baseline-refused', asOf, says };

describe('days that were refused as a baseline', () => {
  it('given a model without one, then status says why, people hear of it, and it is on record', () => {
    const { state, effects } = transition(1, watched, refused);
    expect(tellState(state)).toContain(`- no baseline: ${says}`);
    expect(effects.map(({ kind }) => kind)).toEqual(['audit', 'notify']);
  });

  it('given the same days are refused again, then nobody hears of it twice', () => {
    expect(transition(1, transition(1, watched, refused).state, refused).effects).toEqual([]);
  });

  it('given a baseline stands, then it stays', () => {
    const { state } = transition(1, { ...watched, baseline: digest }, refused);
    expect(state.baseline).toBe(digest);
    expect(tellState(state)).toContain('- a newer baseline: Refused');
  });

  it('given one was taken since, then nothing is said of the refusal any more', () => {
    const { state } = transition(1, watched, refused);
    const taken = transition(1, state, { eventId: 'taken', kind: 'baseline-taken', baseline: digest, says: 'taken' });
    expect(taken.state).not.toHaveProperty('refusedBaseline');
  });

  it('given it was of a version that does not serve any more, then it is recorded and no more', () => {
    const { state, effects } = transition(1, { ...watched, champion: '2' as Version }, { ...refused, version: '1' as Version });
    expect(state.refusedBaseline).toBeUndefined();
    expect(effects.map(({ kind }) => kind)).toEqual(['audit']);
  });
});
