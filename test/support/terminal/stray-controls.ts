import { controlSequences } from './control-sequences.ts';

/** Something in a program's output that neither Ink nor we send: a terminal would obey it, or turn text around. */
export interface StrayControl {
  /** Characters before it. */
  readonly at: number;
  /** The control, readable: `\u001b[5m`. */
  readonly control: string;
  /** What stands around it, readable. */
  readonly near: string;
}

/** Every control in the output that is not on the list of what we send, and bytes that are no UTF-8. */
export function strayControls(bytes: Uint8Array): StrayControl[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const controls = controlSequences(text).filter(({ text }) => !ours.some((shape) => shape.test(text)));
  const turning = [...text.matchAll(/[\p{Bidi_Control}\p{Zl}\p{Zp}]/gu)].map((match) => ({
    at: match.index,
    text: match[0],
  }));
  const strays = [...controls, ...turning, ...invalidUtf8(bytes)].map(({ at, text: control }) => ({
    at,
    control: readable(control),
    near: readable(text.slice(Math.max(0, at - 30), at + control.length + 30)),
  }));
  return strays.toSorted((a, b) => a.at - b.at);
}

const sgr =
  '(?:0?|[1-4]|7|9|2[2-4]|27|29|3[0-7]|39|4[0-7]|49|9[0-7]|10[0-7]|[34]8;5;\\d{1,3}|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3})';

/** No alternate screen, no wiping of the scrollback, no title, no link, no question to the terminal. */
const ours: readonly RegExp[] = [
  // Lines, as the terminal's driver makes them.
  /^[\r\n]$/u,
  // The cursor: up, down, forward, back, next and previous line, column, place.
  /^\u001B\[\d*[A-G]$/u,
  /^\u001B\[(?:\d+;\d+)?H$/u,
  // Erasing below the cursor, and in a line.
  /^\u001B\[0?J$/u,
  /^\u001B\[[0-2]?K$/u,
  // Colours, bold, dim, italic, underlined, inverse, struck through.
  new RegExp(`^\\u001B\\[${sgr}(?:;${sgr})*m$`, 'u'),
  // The cursor hidden, a frame drawn at once, pasted text marked.
  /^\u001B\[\?(?:25|2026|2004)[hl]$/u,
];

function invalidUtf8(bytes: Uint8Array): { at: number; text: string }[] {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return [];
  } catch {
    return [{ at: 0, text: 'bytes that are no UTF-8' }];
  }
}

function readable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
