/** Text that may stand in a page as it is. Only {@link html} makes it, so nothing of the user's gets there unescaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | undefined | false | readonly Part[];

/** A template of HTML or SVG: what is put into it is escaped unless it is such a template itself; undefined and false are nothing. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.reduce((text, piece, index) => `${text}${written(parts[index - 1])}${piece}`));
}

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part));
}

const replacements: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that no page may hold, and halves of pairs, become U+FFFD. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => replacements[sign] as string).replace(unprintable, '\ufffd');
}

const unprintable = /[\p{Cc}\p{Cs}](?<![\t\n\r])/gu;
