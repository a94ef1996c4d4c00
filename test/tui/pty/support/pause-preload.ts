// Preloaded into the built executable: its run stays at the place MIKRATE_PAUSE, once, as a long operation does, until
// the file MIKRATE_PAUSE_UNTIL is there.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failpoint, onFailpoint } from '../../../../src/events/failpoint.ts';

const { MIKRATE_PAUSE: place, MIKRATE_PAUSE_UNTIL: file = '' } = process.env;
const built = new URL('../../../../dist/events/failpoint.js', import.meta.url).href;
const failpoints = (await import(built)) as { readonly onFailpoint: typeof onFailpoint };
let isDone = false;

failpoints.onFailpoint(async (name: Failpoint) => {
  if (name !== place || isDone) return;
  isDone = true;
  while (!existsSync(file)) await sleep(20);
});
