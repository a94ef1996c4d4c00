import { registerHooks } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  const isOfProject = (file: string): boolean =>
    isInside(root, file) && !file.includes(`${sep}node_modules${sep}`) && !isInside(ownFolder, file);
  const hooks = registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) {
        const file = fileURLToPath(new URL(url.replace(/[?#].*$/u, '')));
        if (isOfProject(file)) files.add(relative(root, file));
      }
      return next(url, context);
    },
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
    hooks.deregister();
  }
}

/** Where this tool's own code lies: it may be inside the project that it is developed in. */
const ownFolder = resolve(dirname(import.meta.filename), '..');

function isInside(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The file that touched the proxy: the third line of the stack, below this function and the trap. */
function callerFile(): string {
  const line = new Error('where').stack?.split('\n')[3] ?? '';
  const url = /(file:\/\/[^\s)]+?)(?::\d+)*\)?$/u.exec(line)?.[1];
  return url === undefined ? '' : fileURLToPath(url.replace(/[?#].*$/u, ''));
}
