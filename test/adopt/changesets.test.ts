import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasChecksum, readChangesets } from '../../src/sequence/adopt/changesets.ts';

/** `id`, `author` and what `update-sql` of Liquibase 4.28.0 and `updateSQL` of 4.4.0 write as MD5SUM. */
const recorded = [
  ['001-create.sql', '1', 'alice', '9:148f5e61c549ac1ed8c6815c34949f42', '8:cef76bd27928afa29cbf34aca3070666'],
  ['001-create.sql', 'release-date', 'bob', '9:f520882702a5dd70446b11fc66902412', '8:6843c3ccc57348c4bbae8ceac3f2c9ca'],
  ['001-create.sql', 'no-split', 'bob', '9:8cfd1fefc854893db751834ce95ed178', '8:62c0e18d7a75c6d0978e3fb0093ef168'],
  ['002-more.sql', 'two words', 'Alice B', '9:8438c415301148d8a6aa8e9178a1f2b3', '8:ada92737a092f15d4611186d0531227f'],
  ['002-more.sql', '3', 'carol', '9:62211d749d30c832f0514ddcb7a803a0', '8:9254b33e7ba615c0ebb925aba261e38b'],
  ['002-more.sql', '4', 'carol', '9:9f7b69ec430112a104a3bd54e79b26be', '8:de2a1546b611be910aa0f979e5685626'],
  ['002-more.sql', '5', 'carol', '9:00ee1032b7312d42dc73d6ca08972622', '8:3602e8b85298b4373aab9d92b6f6ede1'],
] as const;

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, 'liquibase', file), 'utf8');

describe('a changeset of Liquibase', () => {
  test.each(recorded)(
    '%s::%s::%s has the checksums that Liquibase makes, and no other',
    (file, id, author, ...sums) => {
      const found = readChangesets(textOf(file)).find((changeset) => changeset.id === id);
      if (!found) throw new Error('it was not found');
      expect(found.author).toBe(author);
      for (const sum of sums) {
        expect(hasChecksum(found, sum), sum).toBe(true);
        expect(hasChecksum({ ...found, sql: `${found.sql} x` }, sum)).toBe(false);
      }
    },
  );

  test('is found in its file, in order, whether it has a condition or not', () => {
    expect(readChangesets(textOf('002-more.sql')).map(({ id, isConditional }) => [id, isConditional])).toEqual([
      ['two words', true],
      ['3', false],
      ['4', false],
      ['5', false],
    ]);
    expect(readChangesets('select 1;\n--changeset a:1\n')).toEqual([]);
  });

  test('with what Liquibase replaces, or a checksum of another version, is not told', () => {
    const [replaced] = readChangesets('--liquibase formatted sql\n--changeset a:1\nselect ${word};\n');
    const [plain] = readChangesets('--liquibase formatted sql\n--changeset a:1\nselect 1;\n');
    if (!replaced || !plain) throw new Error('they were not found');
    expect(hasChecksum(replaced, '9:00000000000000000000000000000000')).toBeUndefined();
    expect(hasChecksum(plain, '7:00000000000000000000000000000000')).toBeUndefined();
  });
});
