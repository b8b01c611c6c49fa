import type { Command } from 'commander';
import { answerCommand } from '../models/answer.ts';

export function approveCommand(): Command {
  return answerCommand('approve', 'Let a candidate that passed its gates go into traffic.');
}
