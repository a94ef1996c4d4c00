import { setTimeout as sleep } from 'node:timers/promises';
import type { Supervised } from './supervise.ts';

const patience = 120_000;

/** Tries to connect until it works; fails when the server has ended, or after two minutes. */
export async function waitUntilReady(server: Supervised, connect: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await connect();
    } catch (cause) {
      server.ensureAlive();
      if (Date.now() > deadline) throw new Error(`The server does not answer after ${patience / 1000} s.`, { cause });
      await sleep(50);
    }
  }
}
