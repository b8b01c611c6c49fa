/** Why a part of the embedded stack did not come up, and what to do. */
export class StackFailure extends Error {
  override readonly name: string = 'StackFailure';
}

/** Another process already looks after the stack of this state folder. */
export class StackAlreadyUp extends StackFailure {
  override readonly name = 'StackAlreadyUp';
  readonly pid: number;

  constructor(pid: number, stateRoot: string) {
    super(`The stack in ${stateRoot} is already up, looked after by process ${pid}.`);
    this.pid = pid;
  }
}
