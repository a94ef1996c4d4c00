import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInside, isOfOthers, watchModules } from './watch-modules.ts';

/** What was read of a project while something ran: its files, and the environment variables that they asked for. */
export interface Reads {
  readonly files: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

/** Runs `work` and tells which files of the project were imported by it, and which variables they read. */
export async function watchReads<Result>(
  root: string,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly reads: Reads }> {
  const files = new Set<string>();
  const variables = new Set<string>();
  const isOfProject = (file: string): boolean => isInside(root, file) && !isOfOthers(file);
  const stop = watchModules((_, file) => {
    if (isOfProject(file)) files.add(relative(root, file));
  });
  const environment = process.env;
  process.env = new Proxy(environment, {
    get: (target, name) => {
      if (typeof name === 'string' && isOfProject(callerFile())) variables.add(name);
      return Reflect.get(target, name);
    },
    // The real environment takes plain assignments only.
    set: (target, name, value: string) => {
      target[String(name)] = value;
      return true;
    },
  });
  try {
    return { result: await work(), reads: { files, variables } };
  } finally {
    process.env = environment;
    stop();
  }
}

/** The file that touched the proxy: the third line of the stack, below this function and the trap. */
function callerFile(): string {
  const line = new Error('where').stack?.split('\n')[3] ?? '';
  const url = /(file:\/\/[^\s)]+?)(?::\d+)*\)?$/u.exec(line)?.[1];
  return url === undefined ? '' : fileURLToPath(url.replace(/[?#].*$/u, ''));
}
