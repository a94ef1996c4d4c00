import { expect, it } from 'vitest';
import { createDatabase } from '../support/databases.ts';
import { startCli } from '../support/run-cli.ts';

it('goes on to the end where nobody reads what it says', async () => {
  const database = await createDatabase('sqlite', { name: 'pipe' });
  const { child, ended } = startCli(database, ['--ci']);
  child.stdout.once('data', () => child.stdout.destroy());
  const { exit, stderr } = await ended;
  expect(stderr).toBe('');
  expect(exit).toBe(0);
  const [last] = await database.query('select event from schema_versions order by version desc limit 1');
  expect(last).toEqual({ event: 'verified' });
  await database.drop();
});
