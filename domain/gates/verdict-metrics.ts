import type { GateResult, Verdict } from './verdict.ts';

/** The figures of a verdict under names a registry accepts: `gate/<gate>/<metric>/<figure>`. */
export function verdictMetrics({ gates }: Verdict): Readonly<Record<string, number>> {
  return Object.fromEntries(gates.flatMap(figuresOf));
}

function figuresOf({ gate, metric, candidate, champion, difference, threshold }: GateResult): [string, number][] {
  return Object.entries({ candidate, champion, difference, threshold }).flatMap(([figure, value]) =>
    value === undefined ? [] : [[`gate/${gate}/${metric}/${figure}`, value] as [string, number]],
  );
}
