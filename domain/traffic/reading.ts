/** Input from outside, read: the value, or what is wrong with it, told and by kind (malformed input is counted by kind). */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly kind: string; readonly problem: string };

export function wrong(kind: string, problem: string): { readonly ok: false; readonly kind: string; readonly problem: string } {
  return { ok: false, kind, problem };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
