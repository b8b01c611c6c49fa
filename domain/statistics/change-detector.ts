/** A detector of change over time: a plain state, and what one more value makes of it. The state can be kept as JSON between values. */
export interface ChangeDetector<State, Value = number> {
  readonly start: State;
  /** @throws RangeError when the value is not finite: it would blind the detector for ever */
  readonly observe: (state: State, value: Value) => Observed<State>;
}

export interface Observed<State> {
  /** After a change the detector begins anew, so that the next change is seen as well. */
  readonly state: State;
  readonly changed: boolean;
}

/** Positions, from 0, of the values at which a detector says that something has changed. */
export function changesIn<State, Value>({ start, observe }: ChangeDetector<State, Value>, values: readonly Value[]): number[] {
  const changes: number[] = [];
  let state = start;
  for (const [position, value] of values.entries()) {
    const seen = observe(state, value);
    if (seen.changed) changes.push(position);
    state = seen.state;
  }
  return changes;
}

export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`a change detector needs finite values, not ${value}`);
  return value;
}
