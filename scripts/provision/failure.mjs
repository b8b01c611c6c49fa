/** Something a person can mend: what happened and where, and what to do. */
export class SetupFailure extends Error {
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupFailure';
    this.remedy = remedy;
  }
}
