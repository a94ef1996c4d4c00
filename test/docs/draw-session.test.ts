import { describe, expect, it } from 'vitest';
import { captureScreen } from '../../scripts/session/capture-screen.ts';
import { drawSvg } from '../../scripts/session/draw-svg.ts';
import { drawText } from '../../scripts/session/draw-text.ts';
import { playSession } from '../../scripts/session/play-session.ts';
import type { Frame, Line, Recording } from '../../scripts/session/recording.ts';
import { openTerminal } from '../support/terminal/open-terminal.ts';
import { openScreen } from '../support/terminal/screen.ts';

describe('a captured screen', () => {
  it('has its text in place, with its colours', async () => {
    const lines = await capture(
      'plain \u001B[1;31mred\u001B[0m  \u001B[48;2;1;2;3m  \u001B[0m\r\n\u001B[2;5H漢a\u001B[7m \u001B[0m',
    );
    expect(lines).toEqual([
      [
        { column: 0, width: 5, text: 'plain', style: {} },
        { column: 6, width: 3, text: 'red', style: { color: 1, bold: true } },
        { column: 11, width: 2, text: '  ', style: { background: '#010203' } },
      ],
      [
        { column: 4, width: 2, text: '漢', style: {} },
        { column: 6, width: 1, text: 'a', style: {} },
        { column: 7, width: 1, text: ' ', style: { inverse: true } },
      ],
      [],
    ]);
  });
});

describe('a drawn session', () => {
  it('shows each frame as long as it was seen, but leaves out flicker and shortens waiting', () => {
    const svg = drawSvg(
      recordingOf([0, 'first'], [1000, 'flicker'], [1010, 'second'], [2010, 'waits'], [60_000, 'last']),
      'x',
    );
    expect(framesOf(svg)).toEqual(['first', 'second', 'waits', 'last']);
    expect(stopsOf(svg)).toEqual([0, 1010, 2010, 5010]);
  });

  it('draws a line that many frames show once', () => {
    const svg = drawSvg(recordingOf([0, 'same'], [500, 'other'], [1000, 'same']), 'x');
    expect(svg.match(/>same</gu)?.length).toBe(1);
    expect(framesOf(svg)).toEqual(['same', 'other', 'same']);
  });

  it('holds text as text, whatever it says', () => {
    const svg = drawSvg(recordingOf([0, '<script> & "quotes"']), '<title>');
    expect(svg).toContain('>&lt;script&gt; &amp; &quot;quotes&quot;</text>');
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;title&gt;');
  });

  it('stands still at the end for those who want no motion', () => {
    const svg = drawSvg(recordingOf([0, 'first'], [1000, 'last']), 'x');
    expect(svg).toMatch(/prefers-reduced-motion:reduce\)\{\.f\{animation:none;transform:translateY\(-51px\)/u);
  });

  it('is also text: the screens that have a caption', () => {
    const [first, second] = recordingOf([0, 'first'], [1000, 'second']).frames;
    const frames = [first, { ...second, caption: 'The second' }] as Frame[];
    expect(drawText({ columns: 20, rows: 3, frames })).toBe('── The second ──\n\nsecond\n');
  });
});

it('a session is played key by key, and kept as it was seen', async () => {
  const source = `
    process.stdin.setRawMode(true);
    process.stdin.on('data', (key) => { process.stdout.write('[' + key + ']'); if (String(key) === 'q') process.exit(); });
    process.stdout.write('ready ');`;
  const terminal = openTerminal({ command: process.execPath, args: ['--eval', source], columns: 20, rows: 2 });
  const recording = await playSession(terminal, [
    { waitFor: 'ready' },
    { type: 'ab' },
    { waitFor: '[b]' },
    { caption: 'Typed' },
    { pause: 50 },
    { press: 'space' },
    { type: 'q' },
  ]);
  const seen = recording.frames.map(({ lines }) => lines[0]?.map(({ text }) => text).join(''));
  expect(seen.at(0)).toBe('ready');
  expect(seen).toContain('ready [a]');
  expect(seen.at(-1)).toBe('ready [a][b][ ][q]');
  expect(drawText(recording)).toBe('── Typed ──\n\nready [a][b]\n');
  const times = recording.frames.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

async function capture(bytes: string): Promise<Line[]> {
  const screen = openScreen(
    { columns: 20, rows: 3 },
    () => {},
    () => {},
  );
  screen.write(new TextEncoder().encode(bytes));
  await screen.flushed();
  return captureScreen(screen.emulator);
}

function recordingOf(...frames: readonly (readonly [number, string])[]): Recording {
  const lineOf = (text: string): Line => [{ column: 0, width: text.length, text, style: {} }];
  return { columns: 20, rows: 3, frames: frames.map(([at, text]) => ({ at, lines: [lineOf(text), [], []] })) };
}

/** The first line of each frame in the film. */
function framesOf(svg: string): (string | undefined)[] {
  const texts = new Map(
    [...svg.matchAll(/<g id="(\w+)">.*?>([^<]*)<\/text><\/g>/gu)].map(([, id, text]) => [id, text]),
  );
  const [, film = ''] = /<g class="f">\n(.*?)\n<\/g>/su.exec(svg) ?? [];
  return film.split('\n').map((frame) => texts.get(/href="#(\w+)"/u.exec(frame)?.[1]));
}

/** When each frame comes, in milliseconds. */
function stopsOf(svg: string): number[] {
  const seconds = Number(/animation:f ([\d.]+)s/u.exec(svg)?.[1]);
  const [, keyframes = ''] = /@keyframes f\{(.*)\}\n/u.exec(svg) ?? [];
  const stops = [...keyframes.matchAll(/([\d.]+)%/gu)].map(([, percent]) => Number(percent));
  return stops.slice(0, -1).map((percent) => Math.round(percent * seconds) * 10);
}
