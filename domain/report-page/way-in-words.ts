import { sayNumber } from '../report/say-number.ts';
import type { Moved } from './page.ts';

/** p-value up to which a rise from window to window is said to be one. It decides nothing. */
const usualLevel = 0.05;

/** Whether a column has been moving away over the last windows; undefined where its effect does not rise, or too few windows tell. */
export function movingAway({ effect, statistics }: Moved): string | undefined {
  const { effectRisePerWindow: rise, effectRisePValue: pValue } = statistics;
  if (effect === undefined || rise === undefined || pValue === undefined || rise <= 0 || pValue > usualLevel) return undefined;
  return `moving away by ${sayNumber(rise)} ${effect.unit} a window`;
}
