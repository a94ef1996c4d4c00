import { expect, test } from 'vitest';
import { jsonLines } from '../../src/report/json-lines.ts';

test('every line has the time in `at`, also that of a file, whose number is its place', () => {
  const lines: string[] = [];
  const emit = jsonLines({ write: (line) => lines.push(line), verbose: false });
  const start = performance.now();
  while (performance.now() - start < 20);
  emit({ kind: 'fileStarted', name: '1', path: 'migrations/1.sql', place: 1, total: 2 });
  const [line] = lines.map((text) => JSON.parse(text) as { at: number });
  expect(line).toMatchObject({ kind: 'fileStarted', place: 1, total: 2 });
  expect(line?.at).toBeGreaterThan(10);
});
