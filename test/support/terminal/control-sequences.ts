/** One control in a program's output, by the grammar of ECMA-48 (and xterm's use of BEL to end a string). */
export interface Control {
  /** Its first character, counted in the text. */
  readonly at: number;
  /** All of it; a sequence that was cut off is as long as it got. */
  readonly text: string;
  readonly kind: 'c0' | 'c1' | 'escape' | 'csi' | 'string' | 'cut off';
}

/** Every control of the text, in order: what is between them is printed. C1 controls count in both their forms. */
export function controlSequences(text: string): Control[] {
  const found: Control[] = [];
  for (let at = 0; at < text.length;) {
    const control = controlAt(text, at);
    if (control) found.push(control);
    at += control?.text.length ?? 1;
  }
  return found;
}

function controlAt(text: string, at: number): Control | undefined {
  const char = text.charAt(at);
  if (char === '\u001B') return sequenceAt(text, at);
  if (/[\u0080-\u009F]/u.test(char))
    return introducers.test(String.fromCharCode(char.charCodeAt(0) - 0x40))
      ? sequenceAt(text, at)
      : { at, text: char, kind: 'c1' };
  return /[\u0000-\u001F\u007F]/u.test(char) ? { at, text: char, kind: 'c0' } : undefined;
}

/** CSI, and the openers of strings: DCS, SOS, OSC, PM, APC. In 7 bits they follow ESC, in 8 bits they are C1. */
const introducers = /[[PX\]^_]/u;

const grammar: readonly (readonly [Control['kind'], RegExp])[] = [
  ['csi', /(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]/uy],
  ['string', /(?:\u001B\]|\u009D)[^\u0007\u0018\u001A\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)/uy],
  ['string', /(?:\u001B[PX^_]|[\u0090\u0098\u009E\u009F])[^\u0018\u001A\u001B\u009C]*(?:\u001B\\|\u009C)/uy],
  ['escape', /\u001B[\u0020-\u002F]*(?![[PX\]^_])[\u0030-\u007E]/uy],
  ['escape', /\u001B[\u0020-\u002F]+[\u0030-\u007E]/uy],
  ['cut off', /(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*/uy],
  ['cut off', /(?:\u001B[PX\]^_]|[\u0090\u0098\u009D\u009E\u009F])[^\u0018\u001A\u001B\u009C]*/uy],
  ['cut off', /\u001B[\u0020-\u002F]*/uy],
];

function sequenceAt(text: string, at: number): Control | undefined {
  for (const [kind, shape] of grammar) {
    shape.lastIndex = at;
    const [match] = shape.exec(text) ?? [];
    if (match !== undefined) return { at, text: match, kind };
  }
  return undefined;
}
