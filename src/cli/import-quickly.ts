import { registerHooks } from 'node:module';

/**
 * Lets Node.js import the modules of large packages without asking the file system where each of them is: a run with work
 * loads some eight hundred. Not where somebody else's hooks may want to see every module.
 */
export function importQuickly(nodeArguments: readonly string[], options = ''): void {
  if (isRegistered || [...nodeArguments, ...options.split(/\s+/u)].some((word) => hooking.test(word))) return;
  isRegistered = true;
  registerHooks({
    resolve: (specifier, context, next) => {
      const url = context.conditions.includes('import') ? neighbourOf(specifier, context.parentURL) : undefined;
      return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
    },
  });
}

/** The module that a relative specifier names, where both are of a package whose every `.js` that imports is a module; else `undefined`. */
export function neighbourOf(specifier: string, parent: string | undefined): string | undefined {
  if (!specifier.startsWith('.') || !specifier.endsWith('.js') || parent?.endsWith('.js') !== true) return undefined;
  return modular.test(parent) || parent.startsWith(own) ? new URL(specifier, parent).href : undefined;
}

let isRegistered = false;

const modular = /\/node_modules\/(?:@mikro-orm\/[^/]+|kysely)\/(?!.*node_modules\/)/u;
const own = new URL('..', import.meta.url).href;
const hooking = /^(?:--import|--loader|--experimental-loader|--require|-r)\b/u;
