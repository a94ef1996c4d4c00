import { loadConfig, type LoadOptions } from '../../../src/config/load-config.ts';
import { MigrateError } from '../../../src/errors.ts';

// A process of Node.js alone, which loads the files itself, one request after the other: each project has a folder of its own.
process.on('disconnect', () => process.exit());
process.on('message', (request: LoadOptions) => void load(request).then((loaded) => process.send?.(loaded)));

async function load(request: LoadOptions): Promise<object> {
  try {
    const { file, options, migrate } = await loadConfig(request);
    return { file, options, migrate };
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    const { code, message, context, exitCode: exit } = error;
    return { code, message, context, exit };
  }
}
