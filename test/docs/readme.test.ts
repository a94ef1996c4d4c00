import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MigrateError } from '../../src/errors.ts';
import { runProgram } from '../../src/cli/program.ts';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('names every command and every option of the command line', async () => {
    const root = await help([]);
    const commands = [...root.matchAll(/^ {2}([a-z]+) \[/gmu)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) expect(readme).toContain(`| \`migrate ${command}\` |`);
    const texts = [root, ...(await Promise.all(commands.map((command) => help([command]))))];
    const options = new Set(
      texts.flatMap((text) => [...text.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gmu)].map(([, option = '']) => option)),
    );
    for (const option of options) if (!['--help', '--version'].includes(option)) expect(readme).toContain(option);
  });

  it('has the exit code of every error', async () => {
    const { errorDefinitions } = await import('../../src/errors.ts');
    for (const { exit } of Object.values(errorDefinitions))
      expect(readme).toMatch(new RegExp(`^\\| (?:\\d+, )?${exit}(?:, \\d+)? \\|`, 'mu'));
    expect(new MigrateError('USAGE', { message: '' }).exitCode).toBe(64);
  });
});

describe('the recorded session', () => {
  const screens = readFileSync('docs/session.txt', 'utf8');

  it('is small enough for a page, and shows nobody but its own people', () => {
    const svg = readFileSync('docs/session.svg', 'utf8');
    expect(svg.length).toBeGreaterThan(10_000);
    expect(svg.length).toBeLessThan(300_000);
    expect(svg).toContain('anna@laptop');
    for (const text of [svg, screens]) expect(text).not.toMatch(/\/(?:home|root|tmp|dev)\//u);
  });

  it('has the screen that the README shows', () => {
    const [shown = ''] = /^📋 Plan \S+: \d+ changes {2}roster\.sqlite$.*?(?=^```)/msu.exec(readme) ?? [];
    expect(shown.split('\n').length).toBeGreaterThan(5);
    expect(screens).toContain(shown);
  });
});

it('the README shows the plan of the recorded session', () => {
  const plan = readFileSync('docs/session.txt', 'utf8').split('── The plan ──\n\n')[1]?.split('\n\n── ')[0];
  expect(plan).toContain('📋 Plan');
  expect(readme).toContain(plan?.trimEnd());
});

describe('links between documents', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/glossary.md',
    'docs/adr/0001-what-is-ours-and-what-is-mikroorms.md',
  ];

  it.each(documents)('%s names only files that exist', (document) => {
    const links = [...readFileSync(document, 'utf8').matchAll(/\]\(([^)#:]+)\)/gu)].map(([, link = '']) => link);
    // Written by a full test run.
    const missing = links.filter((link) => !existsSync(join(dirname(document), link)) && !link.endsWith('proof.md'));
    expect(missing).toEqual([]);
  });

  it('ARCHITECTURE.md names only source files that exist', () => {
    const paths = [
      ...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/`(?:src\/)?((?:[a-z-]+\/)+[a-z-]+\.ts)`/gu),
    ].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join('src', path)) && !existsSync(path))).toEqual([]);
  });
});

async function help(command: readonly string[]): Promise<string> {
  let text = '';
  const writeOut = (line: string): void => {
    text += line;
  };
  await runProgram([...command, '--help'], {
    cwd: '.',
    env: {},
    isTerminal: false,
    writeOut,
    writeErr: () => {},
    signal: new AbortController().signal,
  });
  return text;
}
