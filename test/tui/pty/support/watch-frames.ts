import type { RunningTerminal } from '../../../support/terminal/start-terminal.ts';

/** What went wrong in the frames that a terminal showed. */
export interface SeenFrames {
  count: number;
  /** Frames with a line that was too long for its row, as they were seen. */
  readonly wrapped: string[];
  /** Frames with two feet: something of an older frame was left behind. */
  readonly doubled: string[];
}

/** The end of each screen's last line. */
const feet = /(?:\? keys · q quit|any key goes back)$/gmu;

/** Looks at every frame from now on. */
export function watchFrames(terminal: RunningTerminal): SeenFrames {
  const seen: SeenFrames = { count: 0, wrapped: [], doubled: [] };
  terminal.onChange(() => {
    if (terminal.display.isHalfDrawn()) return;
    seen.count += 1;
    const screen = terminal.screen();
    if (hasWrappedLine(terminal)) seen.wrapped.push(screen);
    if ((screen.match(feet) ?? []).length > 1) seen.doubled.push(screen);
  });
  return seen;
}

function hasWrappedLine({ display: { emulator } }: RunningTerminal): boolean {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, row) => active.getLine(active.baseY + row)?.isWrapped).some(Boolean);
}
