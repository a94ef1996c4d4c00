/**
 * Texts of migration files by their paths, as the start read them to see whether anything has changed. Whoever reads such a
 * file next takes its text from here, once: a thousand files need not be read twice.
 */
const texts = new Map<string, string>();

/** Keeps a text for the first who asks. */
export function keepText(file: string, text: string): void {
  texts.set(file, text);
}

/** The text that was kept of a file; `undefined` from then on. */
export function takeText(file: string): string | undefined {
  const text = texts.get(file);
  texts.delete(file);
  return text;
}
