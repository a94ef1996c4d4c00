const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The picture of a spinner at a time in milliseconds. */
export function spinner(now: number): string {
  return frames[Math.floor(now / 100) % frames.length] ?? '⠋';
}
