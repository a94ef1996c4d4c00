import { registerHooks } from 'node:module';
import type * as umzug from 'umzug';

/**
 * Umzug without its command line, which nothing here asks for: to load what that is made of takes four times as long as
 * to load the rest. A class of its that extends one of these is never made.
 */
export async function loadUmzug(): Promise<typeof umzug> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@rushstack/ts-command-line'
        ? { url: import.meta.url, shortCircuit: true }
        : next(specifier, context),
  });
  try {
    return await import('umzug');
  } finally {
    hooks.deregister();
  }
}

export const CommandLineParser = Object;
export const CommandLineAction = Object;
