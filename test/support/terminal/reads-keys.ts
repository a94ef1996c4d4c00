import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a program reads keys one by one from this terminal device: before, the kernel would hand them on as a line, or
 * as an interrupt. False when `timeout` milliseconds are over, or `isOver` says that it will not happen.
 */
export async function waitUntilReadsKeys(device: string, timeout: number, isOver: () => boolean): Promise<boolean> {
  const start = performance.now();
  while (!isOver() && performance.now() - start < timeout) {
    if (await readsKeys(device)) return true;
    // The kernel tells nobody when this changes.
    await sleep(20);
  }
  return false;
}

async function readsKeys(device: string): Promise<boolean> {
  const file = openDevice(device);
  if (file === undefined) return false;
  try {
    const stty = spawn('stty', ['-a'], { stdio: [file, 'pipe', 'inherit'] });
    const failed = new Promise<never>((_, reject) => stty.once('error', reject));
    return / -icanon\b/u.test(await Promise.race([text(stty.stdio[1] as NodeJS.ReadableStream), failed]));
  } finally {
    closeSync(file);
  }
}

/** The device; `undefined` where it went with its program. */
function openDevice(device: string): number | undefined {
  try {
    return openSync(device, constants.O_RDONLY | constants.O_NOCTTY);
  } catch (error) {
    if (['ENOENT', 'EIO', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
