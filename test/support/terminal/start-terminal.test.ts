import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openTerminal } from './open-terminal.ts';
import type { RunningTerminal, TerminalOptions } from './start-terminal.ts';

/** Reads keys one by one and says which; `q` ends it with 7. */
const keyReader = `
  process.stdin.setRawMode(true);
  process.stdin.on('data', (keys) => {
    process.stdout.write(JSON.stringify(keys.toString()) + '\\r\\n');
    if (keys.toString().endsWith('q')) process.exit(7);
  });
  process.stdout.write('ready\\r\\n');`;

/** Stays until it is ended. */
const stay = 'setInterval(() => {}, 1000);';

function openProgram(source: string, options: Partial<TerminalOptions> = {}): RunningTerminal {
  return openTerminal({ command: process.execPath, args: ['--eval', source], ...options });
}

describe('a terminal', () => {
  it('shows what a program draws, where it draws it', async () => {
    const terminal = openProgram(`process.stdout.write('one\\ntwo\\x1b[1;2HN\\x1b[2;5H🚀 end\\n')`);
    expect(await terminal.exit()).toEqual({ code: 0, signal: null });
    expect(terminal.screen()).toBe('oNe\ntwo 🚀 end');
  });

  it('is one for the program: size, kind and colours', async () => {
    const source = `console.log(process.stdout.isTTY, process.stdout.columns, process.stdout.rows, process.stdout.getColorDepth(), process.env.TERM, process.env.CI)`;
    const terminal = openProgram(source, { columns: 44, rows: 11 });
    await terminal.exit();
    expect(terminal.screen().replaceAll(/\s+/gu, ' ')).toBe('true 44 11 24 xterm-256color undefined');
  });

  it('gives a program the environment that a test says, and nothing of the test runner', async () => {
    const terminal = openProgram(`console.log(process.env.TERM, process.env.NO_COLOR, process.env.VITEST)`, {
      env: { TERM: 'dumb', NO_COLOR: '1' },
    });
    await terminal.exit();
    expect(terminal.screen()).toBe('dumb 1 undefined');
  });

  it('keeps every byte of a long output, and its lines in the scrollback', async () => {
    // It stays until all of it was read: what a program leaves unread in a terminal may go with it.
    const program = `for (let n = 0; n < 20000; n++) process.stdout.write('line ' + n + ' 🚀\\n'); setInterval(() => {}, 1000)`;
    const terminal = openProgram(program, { rows: 10 });
    await terminal.waitFor('line 19999 🚀');
    terminal.kill();
    await terminal.exit();
    expect(terminal.bytes().toString().split('\r\n').length).toBe(20_001);
    expect(terminal.scrollback().split('\n')[0]).toBe('line 0 🚀');
    expect(terminal.screen()).toContain('line 19999 🚀');
  });

  it('sends keys and text to a program only when it reads keys', async () => {
    const late = `setTimeout(() => {${keyReader}}, 300)`;
    const terminal = openProgram(late);
    await terminal.press('ctrl-c');
    await terminal.waitFor('"\\u0003"');
    await terminal.press('down');
    await terminal.waitFor('"\\u001b[B"');
    await terminal.type('né🚀');
    await terminal.waitFor('"né🚀"');
    await terminal.type('q');
    expect(await terminal.exit()).toEqual({ code: 7, signal: null });
    expect(terminal.screen()).toMatch(/^ready/u);
  });

  it('says so when a key meets a program that ended', async () => {
    const terminal = openProgram(`console.log('gone')`);
    await expect(terminal.press('enter')).rejects.toThrow(/nobody reads the key enter: .* ended with 0.*\n│ gone/u);
  });

  it('interrupts a program that reads no keys', async () => {
    const terminal = openProgram(
      `process.on('SIGINT', () => { console.log('told'); process.exit(130); }); console.log('on'); ${stay}`,
    );
    await terminal.waitFor('on');
    terminal.send('\u0003');
    expect(await terminal.exit()).toEqual({ code: 130, signal: null });
    expect(terminal.screen()).toContain('told');
  });

  it('tells the program of a new size', async () => {
    const terminal = openProgram(
      `process.stdout.on('resize', () => console.log(process.stdout.getWindowSize().join(' × '))); console.log('on'); ${stay}`,
    );
    await terminal.waitFor('on');
    terminal.resize({ columns: 40, rows: 12 });
    await terminal.waitFor('40 × 12');
    expect(terminal.display.emulator.cols).toBe(40);
  });

  it('answers what programs ask of a terminal', async () => {
    const terminal = openProgram(`${keyReader} process.stdout.write('\\x1b[6n')`);
    expect(await terminal.waitFor('R"')).toBe('ready\n"\\u001b[2;1R"');
  });

  it('names the signal that ended a program', async () => {
    const terminal = openProgram(`console.log('on'); ${stay}`);
    await terminal.waitFor('on');
    process.kill(terminal.pid, 'SIGTERM');
    expect((await terminal.exit()).signal).toBe('SIGTERM');
  });

  it('kills what the program started too', async () => {
    const server = `const server = require('net').createServer().listen(0, () => console.log('port', server.address().port))`;
    const terminal = openTerminal({ command: 'sh', args: ['-c', `"${process.execPath}" --eval "${server}"; true`] });
    await terminal.waitFor('port ');
    const port = Number(/\d+/u.exec(terminal.screen())?.[0]);
    expect(await answers(port)).toBe(true);
    terminal.kill();
    expect((await terminal.exit()).signal).toBe('SIGKILL');
    await expect.poll(() => answers(port)).toBe(false);
  });
});

describe('waiting', () => {
  it('takes words, a pattern, or any question, and gives the screen', async () => {
    const terminal = openProgram(`setTimeout(() => console.log('later'), 200); console.log('now'); ${stay}`);
    expect(await terminal.waitFor('now')).toBe('now');
    expect(await terminal.waitFor(/^later$/mu)).toBe('now\nlater');
    expect(await terminal.waitFor((screen) => screen.split('\n').length === 2)).toBe('now\nlater');
  });

  it('fails with the screen when the time is over', async () => {
    const terminal = openProgram(`console.log('something else'); ${stay}`);
    await terminal.waitFor('something');
    await expect(terminal.waitFor('wanted', 100)).rejects.toThrow(
      /waited 100 ms for "wanted": .* is running; its screen:\n│ something else$/u,
    );
    await expect(terminal.exit(100)).rejects.toThrow('waited 100 ms for its end');
  });

  it('fails at once, with the screen, when the program ends without it', async () => {
    const terminal = openProgram(`console.log('bye'); process.exitCode = 3;`);
    await expect(terminal.waitFor('wanted')).rejects.toThrow(
      /never saw "wanted": .* ended with 3; its screen:\n│ bye$/u,
    );
  });

  it('does not look at a frame that is half drawn', async () => {
    const terminal = openProgram(
      `process.stdout.write('\\x1b[?2026hhalf'); setTimeout(() => process.stdout.write(' done\\x1b[?2026l'), 300); ${stay}`,
    );
    expect(await terminal.waitFor('half')).toBe('half done');
  });

  it('sees the last words of a program that ends', async () => {
    const terminal = openProgram(`console.log('last')`);
    await terminal.exit();
    expect(await terminal.waitFor('last')).toBe('last');
  });
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
