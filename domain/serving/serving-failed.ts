/** A model server that ended or never answered: trying again would end the same way. */
export class ServingFailed extends Error {
  override readonly name = 'ServingFailed';
  readonly logTail: readonly string[];

  constructor(message: string, logTail: readonly string[]) {
    super(message);
    this.logTail = logTail;
  }
}
