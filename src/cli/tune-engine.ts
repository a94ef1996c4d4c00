// To import it would load all of it, which takes six milliseconds.
const { setFlagsFromString } = process.getBuiltinModule('node:v8');

/** Above this many tables most objects live long, and copying them again and again costs more time than memory is worth. */
const many = 100;

/** How often V8 runs a function before each of its optimizing compilers takes it up, as it has it itself (22 to 26). */
const runs = { maglev: 400, turbofan: 3000 };

/**
 * Sets V8 up for a process that soon ends. The part of the heap where objects are born does not grow: a container is
 * charged for its peak, and a usual run leaves little alive. Only what runs ten times as often as usual is compiled anew:
 * for most of it that takes more than it gives back, on a core that the database may need, and a tenth of the memory. V8
 * reads these flags whenever it would grow or compile, so they may be set while it runs.
 */
export function tuneForShortRun(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  optimizeAfter(10);
}

/** The other way round, for many tables: much is alive, and the same is done often. */
export function tuneForTables(count: number): void {
  if (count <= many) return;
  // By leaps: new memory costs more than to clear the old, and what is made of files dies young.
  setFlagsFromString('--semi-space-growth-factor=8');
  optimizeAfter(1);
}

function optimizeAfter(factor: number): void {
  for (const [compiler, count] of Object.entries(runs))
    setFlagsFromString(`--invocation-count-for-${compiler}=${count * factor}`);
}
