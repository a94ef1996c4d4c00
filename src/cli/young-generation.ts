// To import it would load all of it, which takes six milliseconds.
const { setFlagsFromString } = process.getBuiltinModule('node:v8');

/** Above this many tables most objects live long, and copying them again and again costs more time than memory is worth. */
const many = 100;

/**
 * Keeps the part of the heap where objects are born from growing: a container is charged for its peak, and a usual run
 * leaves little alive. V8 reads this flag each time it would grow, so it may be set while it runs.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow by leaps, for many tables: what is made of files dies young, and new memory costs more than to clear the old. */
export function letYoungGenerationGrow(count: number): void {
  if (count > many) setFlagsFromString('--semi-space-growth-factor=8');
}
