const longest = 80;

/** A name of the user's data, cut after 80 characters with its length told: a category may be a whole letter. */
export function shortName(name: string): string {
  return name.length <= longest ? name : `${name.slice(0, longest)}… (${name.length} characters)`;
}
