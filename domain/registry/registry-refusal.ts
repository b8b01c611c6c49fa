/** The registry understood and said no: asking again in the same words cannot help. Anything else it throws may pass by itself. */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
  /** The registry's own code, such as `RESOURCE_DOES_NOT_EXIST`. */
  readonly code: string;

  constructor(code: string, says: string) {
    super(says);
    this.code = code;
  }
}

export function isRefusal(error: unknown, code?: string): error is RegistryRefusal {
  return error instanceof RegistryRefusal && (code === undefined || error.code === code);
}
