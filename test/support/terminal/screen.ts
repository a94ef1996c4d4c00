import xterm, { type IBuffer, type Terminal } from '@xterm/headless';
import { characterWidths } from './character-widths.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal's screen: takes bytes, gives what a person sees. */
export interface Screen {
  readonly emulator: Terminal;
  write(bytes: Uint8Array): void;
  /** Resolves once everything that was written is on the screen. */
  flushed(): Promise<void>;
  resize(size: Size): void;
  /** The visible lines, without blanks at their ends and without the blank lines at the end. */
  visible(): string;
  /** The lines that scrolled out above. */
  scrolledOut(): string;
  /** Is the program in the middle of a frame (synchronized output)? */
  isHalfDrawn(): boolean;
}

/** Opens a screen on xterm's emulator; `onChange` is told when a part was drawn, `reply` what a terminal would answer. */
export function openScreen({ columns, rows }: Size, onChange: () => void, reply: (text: string) => void): Screen {
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  emulator.unicode.register(characterWidths);
  emulator.unicode.activeVersion = characterWidths.version;
  emulator.onData(reply);
  const buffer = (): IBuffer => emulator.buffer.active;
  return {
    emulator,
    write: (bytes) => emulator.write(bytes, onChange),
    flushed: () => new Promise((resolve) => emulator.write('', resolve)),
    resize: (size) => emulator.resize(size.columns, size.rows),
    visible: () => textOf(buffer(), buffer().baseY, buffer().baseY + emulator.rows),
    scrolledOut: () => textOf(buffer(), 0, buffer().baseY),
    isHalfDrawn: () => emulator.modes.synchronizedOutputMode,
  };
}

function textOf(buffer: IBuffer, from: number, to: number): string {
  const lines = Array.from({ length: to - from }, (_, at) => buffer.getLine(from + at)?.translateToString(true) ?? '');
  return lines.join('\n').trimEnd();
}
