import { createCommandTrainer } from '../../../adapters/trainer/command/command-trainer.ts';
import { key, programOf } from '../../training/program.ts';

/** A worker in small, to be killed: starts the command given as second argument under the state root given as first, and waits. */
const [stateRoot, folder, command] = process.argv.slice(2) as [string, string, string];
await createCommandTrainer({ stateRoot }).ensure(key, programOf(command, folder));
process.stdout.write('ensured');
setInterval(() => undefined, 1000);
