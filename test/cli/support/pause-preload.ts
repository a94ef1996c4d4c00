// Preloaded into a child process: it says on stderr that it has reached the place in MIKRATE_PAUSE ("place:ms") and pauses there once.
import { setTimeout as sleep } from 'node:timers/promises';
import { onFailpoint } from '../../../src/events/failpoint.ts';

const [place, ms] = (process.env['MIKRATE_PAUSE'] ?? '').split(':');
let isDone = false;

onFailpoint(async (name) => {
  if (name !== place || isDone) return;
  isDone = true;
  process.stderr.write('paused\n');
  await sleep(Number(ms));
});
