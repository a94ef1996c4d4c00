import { constants } from 'node:os';
import { spawn } from '@lydell/node-pty';
import { keys, type Key } from './keys.ts';
import { waitUntilReadsKeys } from './reads-keys.ts';
import { openScreen, type Screen, type Size } from './screen.ts';
import { terminalEnvironment } from './terminal-environment.ts';
import { Watch } from './watch.ts';

export interface TerminalOptions extends Partial<Size> {
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Added to a person's plain environment: not this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a program ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number;
  readonly signal: string | null;
}

/** What is waited for: words on the screen, or anything that can be asked after each change of the screen. */
export type Wanted = string | RegExp | ((screen: string) => boolean);

/** A program in a pseudo-terminal, with the screen that a person would see. Times are milliseconds. */
export interface RunningTerminal {
  readonly pid: number;
  /** What `record-session` draws from. */
  readonly display: Screen;
  /** Sends text as if typed, once the program reads keys. */
  type(text: string): Promise<void>;
  /** Sends keys one after another, once the program reads keys. */
  press(...names: readonly Key[]): Promise<void>;
  /** Sends bytes at once, whoever reads them: `\x03` to a program that reads no keys is its SIGINT. */
  send(bytes: string): void;
  resize(size: Size): void;
  /** Resolves with the screen once it shows what is wanted; fails with the screen when the time is over or the program ended. */
  waitFor(wanted: Wanted, timeout?: number): Promise<string>;
  /** The visible lines. */
  screen(): string;
  /** The lines that scrolled out above them. */
  scrollback(): string;
  /** Everything that the program sent. */
  bytes(): Buffer;
  /** Resolves once the program ended and everything it sent is on the screen; fails with the screen when the time is over. */
  exit(timeout?: number): Promise<Exit>;
  /** Ends the program and what it started in this terminal. */
  kill(): void;
  /** Tells of each change of the screen until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Tells of what the program sent, as it comes, until the returned function is called. */
  onBytes(listener: (bytes: Buffer) => void): () => void;
}

const patience = 90_000;

/** Starts a program in a pseudo-terminal of its own, 100 × 30 unless told otherwise. */
export function startTerminal(options: TerminalOptions): RunningTerminal {
  const { command, args = [], cwd = process.cwd(), columns = 100, rows = 30 } = options;
  const chunks: Buffer[] = [];
  const watch = new Watch();
  const listeners = new Set<(bytes: Buffer) => void>();
  let ended: Exit | undefined;
  const pty = spawn(command, [...args], {
    cwd,
    cols: columns,
    rows,
    name: options.env?.['TERM'] ?? 'xterm-256color',
    env: { ...terminalEnvironment(), ...options.env },
    encoding: null,
  });
  const device = (pty as unknown as { readonly ptsName: string }).ptsName;
  const display = openScreen(
    { columns, rows },
    () => watch.notify(),
    (text) => send(text),
  );
  // Without an encoding the bytes come as they are, whatever the type says.
  pty.onData((data: string | Buffer) => {
    const bytes = Buffer.from(data as Buffer);
    chunks.push(bytes);
    for (const listener of listeners) listener(bytes);
    display.write(bytes);
  });
  pty.onExit(({ exitCode, signal }) => void finish({ code: exitCode, signal: signalName(signal) }));

  const finish = async (exit: Exit): Promise<void> => {
    await display.flushed();
    ended = exit;
    watch.notify();
  };
  const send = (bytes: string): void => {
    if (!ended) pty.write(bytes);
  };
  const story = (): string => {
    const state = ended ? `ended with ${ended.signal ?? ended.code}` : 'is running';
    return `${command} ${args.join(' ')} ${state}; its screen:\n${frame(display.visible())}`;
  };
  const until = async (isSo: () => boolean, timeout: number, what: string): Promise<void> => {
    if (await watch.until(isSo, timeout)) return;
    throw new Error(`waited ${timeout} ms for ${what}: ${story()}`);
  };
  const sendKeys = async (bytes: string, what: string): Promise<void> => {
    const reads = await waitUntilReadsKeys(device, patience, () => ended !== undefined);
    if (!reads) throw new Error(`nobody reads the key ${what}: ${story()}`);
    send(bytes);
  };

  return {
    pid: pty.pid,
    display,
    send,
    type: (text) => sendKeys(text, text),
    async press(...names) {
      for (const name of names) await sendKeys(keys[name], name);
    },
    resize(size) {
      display.resize(size);
      pty.resize(size.columns, size.rows);
    },
    async waitFor(wanted, timeout = patience) {
      let shown = false;
      const look = (): boolean => {
        shown = shown || (!display.isHalfDrawn() && isShown(wanted, display.visible()));
        return shown || ended !== undefined;
      };
      await until(look, timeout, describeWanted(wanted));
      if (!shown) throw new Error(`never saw ${describeWanted(wanted)}: ${story()}`);
      return display.visible();
    },
    screen: () => display.visible(),
    scrollback: () => display.scrolledOut(),
    bytes: () => Buffer.concat(chunks),
    async exit(timeout = patience) {
      await until(() => ended !== undefined, timeout, 'its end');
      return ended as Exit;
    },
    kill() {
      if (!ended) killGroup(pty.pid);
    },
    onChange: (listener) => watch.onNotify(listener),
    onBytes: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isShown(wanted: Wanted, screen: string): boolean {
  if (typeof wanted === 'function') return wanted(screen);
  return typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen);
}

function describeWanted(wanted: Wanted): string {
  return typeof wanted === 'string' ? JSON.stringify(wanted) : String(wanted);
}

function frame(screen: string): string {
  return screen.replaceAll(/^/gmu, '│ ');
}

function signalName(number: number | undefined): string | null {
  if (!number) return null;
  const [name = `signal ${number}`] = Object.entries(constants.signals).find(([, code]) => code === number) ?? [];
  return name;
}

/** A program in a pseudo-terminal leads a session of its own, and its process group. */
function killGroup(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch (error) {
      // It ended on its own a moment ago.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
