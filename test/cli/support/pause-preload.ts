// Preloaded into a child process: it says on stderr that it has reached the place in MIKRATE_PAUSE ("place:until") and pauses there
// once, until a signal comes, or for so many milliseconds.
import { onFailpoint } from '../../../src/events/failpoint.ts';

const [place, until = ''] = (process.env['MIKRATE_PAUSE'] ?? '').split(':');
let isDone = false;

onFailpoint(async (name) => {
  if (name !== place || isDone) return;
  isDone = true;
  await (until === 'signal' ? signalled() : paused(Number(until)));
});

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    // A listener alone would not keep the process.
    const timer = setTimeout(resolve, 60_000);
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => {
        clearTimeout(timer);
        resolve();
      });
    process.stderr.write('paused\n');
  });
}

function paused(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    process.stderr.write('paused\n');
  });
}
