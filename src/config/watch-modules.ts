import { registerHooks } from 'node:module';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tells of each module that Node.js loads from a file, by the URL that it has and the file's path, until it is stopped. */
export function watchModules(onModule: (url: string, file: string) => void): () => void {
  const hooks = registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) onModule(url, fileURLToPath(new URL(url.replace(/[?#].*$/u, ''))));
      return next(url, context);
    },
  });
  return () => hooks.deregister();
}

/** True for files of packages and of this tool, which may be inside the project that it is developed in. */
export function isOfOthers(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`) || isInside(ownFolder, file);
}

/** True for a file below a folder. */
export function isInside(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

const ownFolder = resolve(dirname(import.meta.filename), '..');
