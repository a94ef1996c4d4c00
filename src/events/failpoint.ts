/** A place where a test may stop, kill or delay the process. */
export type Failpoint = 'before-ddl' | 'after-ddl' | 'before-commit' | 'locked';

let reached: ((name: Failpoint) => Promise<void>) | undefined;

/** Lets a test decide what happens at the places; nothing happens where no test does. */
export function onFailpoint(action: (name: Failpoint) => Promise<void>): void {
  reached = action;
}

/** Marks a place at which a crash must be survivable. */
export async function failpoint(name: Failpoint): Promise<void> {
  if (reached) await reached(name);
}
