/**
 * The one text of a JSON value, as RFC 8785 has it: no white space, members sorted by their names' UTF-16 units, numbers as
 * ECMAScript writes them. Two equal values have equal texts, so a hash of the text names the value.
 *
 * A member that is `undefined` is absent.
 *
 * @throws TypeError naming the place (a JSON pointer) for what JSON cannot hold exactly: a number that is not finite, a bigint, a lone
 *   surrogate, `undefined` in an array, and anything that is not plain data
 *
 * Cost O(size), plus the sorting of names. Source: RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

const loneSurrogate = /\p{Surrogate}/u;

function write(value: unknown, place: string): string {
  switch (typeof value) {
    case 'string':
      return text(value, place);
    case 'number':
      if (!Number.isFinite(value)) refuse(place, `${value} is not finite; leave the member out, or say in words what is lacking`);
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? list(value, place) : members(value, place);
    default:
      return refuse(place, `a ${typeof value} has no place in JSON; write exact integers as text`);
  }
}

function text(value: string, place: string): string {
  if (loneSurrogate.test(value)) refuse(place, 'half of a surrogate pair; the text is not valid Unicode');
  return JSON.stringify(value);
}

function list(values: readonly unknown[], place: string): string {
  return `[${Array.from(values, (value, index) => write(value, `${place}/${index}`)).join(',')}]`;
}

function members(value: object, place: string): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    refuse(place, 'not plain data; turn it into an object or text first');
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  present.sort(([a], [b]) => (a < b ? -1 : 1));
  const written = present.map(([name, member]) => `${text(name, place)}:${write(member, `${place}/${pointerStep(name)}`)}`);
  return `{${written.join(',')}}`;
}

function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function refuse(place: string, why: string): never {
  throw new TypeError(`cannot be written as canonical JSON at ${place === '' ? 'the root' : place}: ${why}`);
}
