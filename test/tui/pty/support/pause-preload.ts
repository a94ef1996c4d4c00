// Preloaded into the built executable: its run stays for MIKRATE_PAUSE ("place:ms") at that place, once, as a long operation does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failpoint, onFailpoint } from '../../../../src/events/failpoint.ts';

const [place, ms] = (process.env['MIKRATE_PAUSE'] ?? '').split(':');
const built = new URL('../../../../dist/events/failpoint.js', import.meta.url).href;
const failpoints = (await import(built)) as { readonly onFailpoint: typeof onFailpoint };
let isDone = false;

failpoints.onFailpoint(async (name: Failpoint) => {
  if (name !== place || isDone) return;
  isDone = true;
  await sleep(Number(ms));
});
