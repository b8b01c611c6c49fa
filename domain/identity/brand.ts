/** A value that has been checked once and is known by its type from then on. */
export type Brand<T, B extends string> = T & { readonly __brand: B };
