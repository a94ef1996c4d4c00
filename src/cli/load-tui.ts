import type { runTui } from '../tui/index.tsx';

/**
 * Loads the interface, with the build of React that is made for users: the other one, which it takes by itself, draws each
 * frame in more than twice the time. React looks at NODE_ENV only while it is loaded; afterwards it is for the project's config again.
 */
export async function loadTui(env: NodeJS.ProcessEnv): Promise<{ readonly runTui: typeof runTui }> {
  const { NODE_ENV: before } = env;
  env['NODE_ENV'] = 'production';
  try {
    return await import('../tui/index.tsx');
  } finally {
    if (before === undefined) delete env['NODE_ENV'];
    else env['NODE_ENV'] = before;
  }
}
