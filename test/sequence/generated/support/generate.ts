import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../../../src/config/load-config.ts';
import { readDesiredEverywhere } from '../../../../src/inspect/desired-everywhere.ts';
import { planOnly } from '../../../../src/pipeline.ts';
import { generateMigration, type GeneratedText } from '../../../../src/stages/generate.ts';
import type { TestDatabase } from '../../../support/databases.ts';
import { withTestJob } from '../../../support/migrate.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What `migrate generate` writes for the reference application on a database. */
export async function generateOn(database: TestDatabase): Promise<GeneratedText | undefined> {
  const config = await loadConfig({ cwd: root, file: undefined, context: undefined, env: {} });
  const everywhere = await readDesiredEverywhere(config);
  return withTestJob(database, {}, [], async (job) =>
    generateMigration(job, await planOnly(job), { everywhere, description: 'the rest' }),
  );
}
