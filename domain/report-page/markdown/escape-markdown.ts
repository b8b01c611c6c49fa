/** Text on one line that means nothing but itself, in a table too: no link, no image, no HTML. */
export function escapeMarkdown(text: string): string {
  return onOneLine(text).replace(/[\\`*[\]<>|#~]/g, (sign) => `\\${sign}`);
}

/** A name between backticks, more of them than it holds itself. In a table `|` must be escaped even there. */
export function asCode(name: string): string {
  const line = onOneLine(name).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
}
