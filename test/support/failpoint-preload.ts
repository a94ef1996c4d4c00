// Preloaded into a child process by the fault tests: what happens at the places that src/events/failpoint.ts names.
import { setTimeout as sleep } from 'node:timers/promises';
import { onFailpoint, type Failpoint } from '../../src/events/failpoint.ts';

const [place, hit = '1', action = 'kill'] = (process.env['MIKRATE_FAILPOINT'] ?? '').split(':');
let reached = 0;

onFailpoint(async (name: Failpoint) => {
  if (name !== place) return;
  reached += 1;
  if (reached !== Number(hit)) return;
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  // A signal is delivered between two turns of the event loop.
  await sleep(60_000);
});
