/** A truth value as text, however the database and the tool spell it; a MySQL bit is a character with its value. */
export function readFlag(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && /^(?:1|t|true|y|yes|\u0001)$/iu.test(text);
}
