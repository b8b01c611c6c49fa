import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';

const text = fc.string({ unit: 'grapheme' });
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, -0),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));

const withoutMinusZero = (value: unknown) => JSON.parse(JSON.stringify(value));

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (!hasMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(withoutMinusZero(value));
      }),
    );
  });

  it('is one text for one value, in whatever order its members were set', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is the same after a round', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('has an absent member for an undefined one', () => {
    fc.assert(
      fc.property(fc.dictionary(text, json), text, (members, name) => {
        const { [name]: _absent, ...rest } = members;
        expect(canonicalJson({ ...rest, [name]: undefined })).toBe(canonicalJson(rest));
      }),
    );
  });

  it('differs where the value does', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const equal = JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
        expect(canonicalJson(a) === canonicalJson(b)).toBe(equal);
      }),
      { examples: [[{}, Object.create(null)]] },
    );
  });

  // RFC 8785, sections 3.2.2 and 3.2.3.
  it('writes the example of RFC 8785', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    const sorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(`[${[...canonicalJson(sorted).matchAll(/:(\d)/g)].map(([, n]) => n)}]`))).toEqual([
      2, 4, 6, 7, 1, 5, 3,
    ]);
  });

  it('refuses what JSON cannot hold exactly, and says where', () => {
    const refused: [unknown, string][] = [
      [{ a: [1, { 'b/c': Number.NaN }] }, '/a/1/b~1c'],
      [{ a: Number.POSITIVE_INFINITY }, '/a'],
      [{ count: 10n }, '/count'],
      [[undefined], '/0'],
      [{ when: new Date(0) }, '/when'],
      [{ map: new Map() }, '/map'],
      [{ text: '\ud800' }, '/text'],
      [Number.NaN, 'the root'],
    ];
    for (const [value, place] of refused) expect(() => canonicalJson(value)).toThrow(new RegExp(`at ${place}:`));
  });
});

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return { list: value.map(comparable) };
  if (!hasMembers(value)) return value;
  const names = Object.keys(value).sort();
  return { members: names.map((name) => [name, comparable(value[name])]) };
}

/** Objects are generated with and without a prototype: `instanceof` would take the latter for plain values. */
function hasMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
