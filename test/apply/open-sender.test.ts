import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSender } from '../../src/apply/open-sender.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Session } from '../../src/dialects/session.ts';

const dialect = await loadDialect('postgresql');

/** A server that takes its time, and may refuse a message; what it was sent, statement by statement. */
function slowServer(refused?: number) {
  const messages: (readonly string[])[] = [];
  const session: Session = {
    query: () => Promise.reject(new Error('nothing is asked here')),
    run: async (sql) => {
      const number = messages.push(sql.split('\n;\n'));
      await sleep(20);
      if (number === refused) throw new Error(`message ${number} was refused`);
      return {};
    },
  };
  return { messages, sender: openSender({ session, dialect }) };
}

const texts = Array.from({ length: 65 }, (_, at) => `create table t${at} (id integer)`);

describe('the sender of a batch', () => {
  it('sends all statements in order, many at once, and gives each its share of the time', async () => {
    const { messages, sender } = slowServer();
    for (const text of texts) await sender.run(text);
    await sender.finish();
    expect(messages.flat()).toEqual(texts);
    expect(messages.length).toBeLessThan(5);
    expect(sender.timed({ text: 'x', ms: 0 }).ms).toBeGreaterThan(0);
  });

  it('sends nothing behind a message that was refused, and tells at the end', async () => {
    const { messages, sender } = slowServer(1);
    for (const text of texts) await sender.run(text);
    await expect(sender.finish()).rejects.toThrow('message 1 was refused');
    expect(messages).toHaveLength(1);
  });

  it('sends nothing once it is abandoned, so that no statement comes behind the rollback', async () => {
    const { messages, sender } = slowServer();
    for (const text of texts) await sender.run(text);
    const sent = messages.length;
    expect(messages.flat().length).toBeLessThan(texts.length - 20);
    await sender.abandon();
    await sleep(60);
    expect(messages).toHaveLength(sent);
  });
});
