/** Text from a database or an error as a terminal may show it: escapes and control characters made visible, bidi controls spelled out. */
export function safeText(text: string): string {
  return text.replace(unsafe, escaped);
}

/** The same for text that must stay on one line: a name with a line break cannot pretend to be a line of the log. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** The one form in which a control is shown: that of JSON, where it means the same. */
export function escaped(char: string): string {
  return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** C0 but tab and newline, DEL, C1, line separators, and every control that turns the direction of text. */
export const unsafe =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
