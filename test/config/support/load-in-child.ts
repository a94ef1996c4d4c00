import { loadConfig } from '../../../src/config/load-config.ts';
import { MigrateError } from '../../../src/errors.ts';

// What the parent asks for comes as JSON; the answer goes out as JSON. A process of its own, so that Node.js itself loads the files.
const [, , request = '{}'] = process.argv;
try {
  const { file, options, migrate } = await loadConfig({ env: process.env, ...(JSON.parse(request) as object) });
  console.log(JSON.stringify({ file, options, migrate }));
} catch (error) {
  if (!(error instanceof MigrateError)) throw error;
  console.log(
    JSON.stringify({ code: error.code, message: error.message, context: error.context, exit: error.exitCode }),
  );
}
