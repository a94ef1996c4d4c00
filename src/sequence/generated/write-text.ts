/** A JavaScript string literal of any text, in the quotes that need fewer escapes; what cannot be seen is escaped. */
export function writeText(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  return quote + escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)) + quote;
}

/** The text on one line and without characters that could hide or reorder what a person reads. */
export function escapeUnseen(text: string): string {
  return text.replaceAll(unseen, (char) => known[char] ?? codeOf(char));
}

// Controls, formats (such as those that reorder text), separators but the plain space, what is no letter yet, and halves of a pair.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]|(?! )\p{Zs}/gu;

const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Each unit by itself: a character beyond the first plane is two. */
function codeOf(char: string): string {
  return Array.from({ length: char.length }, (_, at) => unitOf(char.charCodeAt(at))).join('');
}

const unitOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

const count = (text: string, char: string): number => text.split(char).length - 1;
