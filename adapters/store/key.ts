/**
 * Refuses keys that not every store can hold: parts between `/` are not empty, `.` or `..`, and hold no control characters. A key is
 * also not to be the folder of another, as `a` is of `a/b`: a file system cannot have both.
 *
 * @throws RangeError naming the key
 */
export function assertKey(key: string): void {
  const wrong = key.split('/').some((part) => part === '' || part === '.' || part === '..' || /\p{Cc}|\p{Surrogate}/u.test(part));
  if (wrong)
    throw new RangeError(`${JSON.stringify(key)} is no store key: parts must not be empty, "." or "..", nor hold control characters`);
}
