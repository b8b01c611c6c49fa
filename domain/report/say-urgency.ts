import type { Urgency } from '../identity/outcome.ts';
import { sayNumber } from './say-number.ts';

/** `P1: answer within 1 h`. */
export function sayUrgency({ priority, answerWithinHours }: Urgency): string {
  const [amount, unit] = answerWithinHours < 1 ? [answerWithinHours * 60, 'min'] : [answerWithinHours, 'h'];
  return `${priority}: answer within ${sayNumber(amount)} ${unit}`;
}
