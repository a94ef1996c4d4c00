import { posix } from 'node:path';
import type { Format } from './format.ts';
import { pairFiles } from './pair-files.ts';
import { sqlMigration } from './sql-migration.ts';

const pattern = /^(.*)\.(up|down)\.sql$/su;

/** `NAME.up.sql`, and `NAME.down.sql` in the same folder where there is a way back. */
export const sqlPair: Format = {
  name: 'sql-pair',
  owns: ({ base }) => pattern.test(base),
  read: (files, context) =>
    pairFiles(files, ({ base, path }) => {
      const [, name = '', part] = pattern.exec(base) ?? [];
      return { name, key: posix.join(posix.dirname(path), name), isDown: part === 'down' };
    }).map((pair) => sqlMigration({ format: 'sql-pair', ...pair }, context)),
};
