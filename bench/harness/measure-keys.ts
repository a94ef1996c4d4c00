import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keys as bytesOf } from '../../test/support/terminal/keys.ts';
import { startTerminal, type RunningTerminal } from '../../test/support/terminal/start-terminal.ts';

/** A key in a large list, in milliseconds, in the order of the rounds. */
export interface KeyResult {
  readonly scene: string;
  readonly key: string;
  /** From the key to the end of the first frame that was drawn because of it. */
  readonly answered: readonly number[];
  /** From the key to the end of the last one. */
  readonly settled: readonly number[];
  /** Of these, what the main thread of the interface computed until the first frame; none where the system does not tell. */
  readonly cpu: readonly number[];
}

/** A list, and the keys that are pressed in it, one after another. */
interface Scene {
  readonly name: string;
  readonly args: readonly string[];
  /** Seen when the list may be opened or is there. */
  readonly isReady: string;
  readonly keys: readonly string[];
}

const moves = ['down', 'down', 'down', 'up', 'pageDown', 'pageDown', 'pageUp', 'end', 'up', 'home', 'down'];
const letters = [
  '/',
  ...'column99',
  'backspace',
  'backspace',
  'x',
  'backspace',
  'enter',
  'down',
  'pageDown',
  'escape',
  'down',
];
const rest = ['?', 'x', 'enter', 'enter', 'down'];

const scenes: readonly Scene[] = [
  {
    name: 'a plan of 10,000 changes',
    args: ['overview', '10000', '0'],
    isReady: 'enter shows the plan',
    keys: [
      'p',
      ...moves,
      ...letters,
      ...rest,
      's',
      'down',
      'pageDown',
      'end',
      'home',
      's',
      'space',
      'down',
      'space',
      'down',
    ],
  },
  {
    name: 'a history of 100,000 events',
    args: ['history', '0', '100000'],
    isReady: 'newest first',
    keys: [...moves, ...letters, ...rest, 'd', 'down'],
  },
];

/** Presses every key of the two large lists in a terminal of 120 × 40, `rounds` times, each time in a new process. */
export async function measureKeys(rounds: number, progress: (text: string) => void): Promise<KeyResult[]> {
  const results: KeyResult[] = [];
  for (const scene of scenes) {
    progress(`${scene.name}: ${scene.keys.length} keys, ${rounds} rounds`);
    const played: Played[][] = [];
    for (let round = 0; round < rounds; round++) played.push(await playScene(scene));
    for (const [at, key] of scene.keys.entries()) {
      const times = played.map((round) => round[at] as Played);
      results.push({
        scene: scene.name,
        key,
        answered: times.map(({ answered }) => answered),
        settled: times.map(({ settled }) => settled),
        cpu: times.flatMap(({ cpu }) => cpu ?? []),
      });
    }
  }
  return results;
}

interface Played {
  readonly answered: number;
  readonly settled: number;
  readonly cpu: number | undefined;
}

const program = join(import.meta.dirname, '../keys/interface.ts');

/** Milliseconds in which a person reads the first screen. */
const reading = 1500;

async function playScene({ args, isReady, keys }: Scene): Promise<Played[]> {
  const terminal = startTerminal({ command: process.execPath, args: [program, ...args], columns: 120, rows: 40 });
  const frames = watchFrames(terminal);
  try {
    await terminal.waitFor(isReady);
    await sleep(reading);
    const played: Played[] = [];
    for (const key of keys) {
      await frames.areOver();
      played.push(await press(terminal, frames, key));
    }
    return played;
  } finally {
    terminal.kill();
    await terminal.exit();
  }
}

async function press(terminal: RunningTerminal, frames: Frames, key: string): Promise<Played> {
  const before = cpuOf(terminal.pid);
  const begin = performance.now();
  frames.forget();
  terminal.send(bytesOf[key as keyof typeof bytesOf] ?? key);
  await frames.areOver();
  const [first, last] = [frames.seen.at(0), frames.seen.at(-1)];
  if (!first || !last) throw new Error(`${key} was not answered:\n${terminal.screen()}`);
  const cpu = before === undefined || first.cpu === undefined ? undefined : first.cpu - before;
  return { answered: first.at - begin, settled: last.at - begin, cpu };
}

/** When the frames of a terminal ended, and what had been computed by then. */
interface Frames {
  readonly seen: readonly { readonly at: number; readonly cpu: number | undefined }[];
  forget(): void;
  /** Waits for a frame, and then until none came for a while. */
  areOver(): Promise<void>;
}

/** The last bytes of a frame: synchronized output ends. */
const endOfFrame = '\u001B[?2026l';

/** Milliseconds in which nothing is drawn, after which nothing more will be. */
const quiet = 250;

function watchFrames(terminal: RunningTerminal): Frames {
  const seen: { at: number; cpu: number | undefined }[] = [];
  // The end of a frame may come in two pieces.
  let tail = '';
  terminal.onBytes((bytes) => {
    const text = tail + bytes.toString('latin1');
    tail = text.slice(-(endOfFrame.length - 1));
    if (text.includes(endOfFrame)) seen.push({ at: performance.now(), cpu: cpuOf(terminal.pid) });
  });
  return {
    seen,
    forget: () => void seen.splice(0),
    async areOver() {
      const begin = performance.now();
      while (performance.now() - begin < 10_000) {
        const last = seen.at(-1);
        if (last && performance.now() - last.at > quiet) return;
        await sleep(10);
      }
    },
  };
}

/** Milliseconds that the first thread of a process has computed, as Linux counts them. */
function cpuOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
