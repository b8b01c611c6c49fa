import type { Command } from 'commander';
import { answerCommand } from '../models/answer.ts';

export function rejectCommand(): Command {
  return answerCommand('reject', 'Keep a candidate that passed its gates out of traffic.');
}
