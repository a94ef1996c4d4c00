import { describe, expect, it } from 'vitest';
import { sendStatements } from '../../src/apply/send-statements.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Session } from '../../src/dialects/session.ts';

const texts = ['create table a (id integer)', 'create table b (id integer)', 'create table c (id integer)'];

/** A session, and the messages that it was sent. It refuses the one that holds `refused`. */
function watched(refused?: string) {
  const messages: string[] = [];
  const session: Session = {
    query: () => Promise.reject(new Error('nothing is asked here')),
    run: async (sql) => {
      messages.push(sql);
      if (refused !== undefined && sql.includes(refused)) throw new Error(`${refused} was refused`);
      return { rows: 0 };
    },
  };
  return { messages, session };
}

describe('statements of a batch', () => {
  it('are one message where the server takes them so, and each has its share of the time, one behind the other', async () => {
    const { messages, session } = watched();
    const sent = await sendStatements(texts, { session, dialect: await loadDialect('postgresql') });
    expect(messages).toEqual([texts.join('\n;\n')]);
    expect(sent).toHaveLength(texts.length);
    const [first, second, third] = sent;
    expect(new Set(sent.map(({ ms }) => ms)).size).toBe(1);
    expect(second?.at).toBeCloseTo((first?.at ?? 0) + (first?.ms ?? 0), 6);
    expect(third?.at).toBeGreaterThan(second?.at ?? Number.POSITIVE_INFINITY);
  });

  it('are sent one by one elsewhere, each with its own time and rows, and none behind one that is refused', async () => {
    const dialect = await loadDialect('sqlite');
    const { messages, session } = watched();
    const sent = await sendStatements(texts, { session, dialect });
    expect(messages).toEqual(texts);
    expect(sent.map(({ rows }) => rows)).toEqual([0, 0, 0]);
    const other = watched('table b');
    await expect(sendStatements(texts, { session: other.session, dialect })).rejects.toThrow('table b was refused');
    expect(other.messages).toHaveLength(2);
  });

  it('are no message where there are none', async () => {
    const { messages, session } = watched();
    expect(await sendStatements([], { session, dialect: await loadDialect('postgresql') })).toEqual([]);
    expect(messages).toEqual([]);
  });
});
