import { writeText } from './write-text.ts';

/** Where a literal stands: how deep, and how many characters come before and after it on its first and last line. */
export interface Position {
  readonly indent: number;
  readonly before: number;
  readonly after: number;
}

/** Columns of a line, as this project's formatter counts them. */
const lineWidth = 120;

/** Plain data as a JavaScript literal in one style: on one line where it fits, else one entry a line. */
export function writeValue(value: unknown, position: Position): string {
  const line = writeLine(value);
  if (typeof value !== 'object' || value === null) return line;
  const fits = position.indent + position.before + widthOf(line) + position.after <= lineWidth;
  if (fits && !mustBreak(value)) return line;
  return Array.isArray(value) ? writeItems(value, position.indent) : writeEntries(value, position.indent);
}

/** An entry of an object; what has no room beside its key comes below it, unless the key is so short that nothing were won. */
export function writeEntry(key: string, item: unknown, indent: number): string {
  const name = writeKey(key);
  const label = `${name}: `;
  const beside = writeValue(item, { indent, before: widthOf(label), after: 1 });
  const isWhole = typeof item !== 'object' || item === null || sizeOf(item) === 0;
  const needed = indent + widthOf(label) + (isWhole ? widthOf(beside) + 1 : 1);
  if (needed <= lineWidth || widthOf(name) <= shortKey) return label + beside;
  const below = writeValue(item, { indent: indent + 2, before: 0, after: 1 });
  return `${name}:\n${' '.repeat(indent + 2)}${below}`;
}

/** Columns that a text takes on a screen: letters of East Asia are two wide, marks that join the letter before none. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (joining.test(char) ? 0 : wide.test(char) ? 2 : 1), 0);
}

const joining = /\p{M}/u;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function writeLine(value: unknown): string {
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(writeLine).join(', ')}]`;
  const entries = entriesOf(value).map(([key, item]) => `${writeKey(key)}: ${writeLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function writeNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** The formatter always breaks lists of things that themselves hold several. */
function mustBreak(value: object): boolean {
  if (!Array.isArray(value)) return Object.values(value).some((item) => isObject(item) && mustBreak(item));
  const [first] = value as readonly unknown[];
  const isCrowd =
    value.length > 1 &&
    isObject(first) &&
    value.every((item) => isObject(item) && Array.isArray(item) === Array.isArray(first) && sizeOf(item) > 1);
  return isCrowd || value.some((item) => isObject(item) && mustBreak(item));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const sizeOf = (value: object): number => (Array.isArray(value) ? value.length : entriesOf(value).length);

function writeItems(items: readonly unknown[], indent: number): string {
  const inner = { indent: indent + 2, before: 0, after: 1 };
  return wrapped(
    '[',
    items.map((item) => writeValue(item, inner)),
    { close: ']', indent },
  );
}

function writeEntries(value: object, indent: number): string {
  const lines = entriesOf(value).map(([key, item]) => writeEntry(key, item, indent + 2));
  return wrapped('{', lines, { close: '}', indent });
}

const shortKey = 4;

function wrapped(
  open: string,
  lines: readonly string[],
  { close, indent }: { readonly close: string; readonly indent: number },
): string {
  const pad = ' '.repeat(indent);
  return [open, ...lines.map((line) => `${pad}  ${line},`), pad + close].join('\n');
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** A plain `__proto__` would set the prototype instead of an entry. */
function writeKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key) ? key : writeText(key);
}
