import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openOutput } from '../../src/cli/open-output.ts';

function collect() {
  const chunks: string[] = [];
  const to = (name: string): Writable =>
    new Writable({ write: (chunk, _, done) => (chunks.push(`${name} ${String(chunk)}`), done()) });
  return { chunks, ...openOutput(to('out'), to('err')) };
}

test('what is said in one go is one write, before anything else is done', async () => {
  const { chunks, writeOut } = collect();
  writeOut('a');
  writeOut('b');
  await Promise.resolve();
  expect(chunks).toEqual(['out a\nb\n']);
});

test('what was said before an error comes before it', () => {
  const { chunks, writeOut, writeErr } = collect();
  writeOut('a');
  writeErr('b');
  writeErr('c');
  expect(chunks).toEqual(['out a\n', 'err b\n', 'err c\n']);
});
