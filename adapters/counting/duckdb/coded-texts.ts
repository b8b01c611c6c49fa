import { absentCode, type Values, wrongTypeCode } from './batch.ts';

/** Texts as places among those that differ. Null: missing; undefined: no text. */
export function codedTexts(values: readonly (string | null | undefined)[]): Values {
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return absentCode;
    if (value === undefined) return wrongTypeCode;
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { kind: 'categorical', codes, texts: [...places.keys()] };
}
