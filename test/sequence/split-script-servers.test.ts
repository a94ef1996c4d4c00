import { describe, expect, test } from 'vitest';
import { splitScript } from '../../src/sequence/split-script.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';
import { withSession } from '../support/open-session.ts';
import { proof } from '../support/proof.ts';
import { scriptCases } from './split-script-cases.ts';

describe.each(databaseKinds)('a script runs statement by statement on %s', (kind) => {
  test.each(scriptCases[kind])('$title', async ({ script, statements, query, rows }) => {
    const parts = splitScript(script, dialects[kind].lexis);
    expect(parts.map(({ text }) => text)).toHaveLength(statements);
    const database = await createDatabase(kind, { name: 'split' });
    try {
      const found = await withSession(database, async (session) => {
        await dialects[kind].prepareSession(session);
        for (const { text } of parts) await session.run(text);
        return session.query(query);
      });
      expect(found.map((row) => ({ ...row }))).toEqual(rows);
      proof('splitter: script on a real server', kind);
    } finally {
      await database.drop();
    }
  });
});
