import { MigrateError } from '../../errors.ts';
import type { Format, FoundFile } from './format.ts';
import { pairFiles, type FilePart } from './pair-files.ts';
import { sqlMigration } from './sql-migration.ts';

/** https://documentation.red-gate.com/flyway/flyway-concepts/migrations: prefix, version, two underscores, description. */
const pattern = /^(?:([VUB])(\d+(?:[._]\d+)*)|R)__.*\.sql$/su;

/** `V1.2__x.sql`, with `U1.2__y.sql` as its way back, and `R__x.sql`, which runs again whenever its text changes. */
export const flyway: Format = {
  name: 'flyway',
  owns: ({ base }) => pattern.test(base),
  read(files, context) {
    refuseBaselines(files);
    return pairFiles(files, partOf).map((pair) =>
      sqlMigration({ format: 'flyway', ...pair, ...(pair.name.startsWith('R') && { repeatable: true }) }, context),
    );
  },
};

function partOf({ base, path }: FoundFile): FilePart {
  const [, prefix = 'R', version] = pattern.exec(base) ?? [];
  const name = base.slice(0, -'.sql'.length);
  return { name, key: version === undefined ? path : versionKey(version), isDown: prefix === 'U' };
}

/** Flyway takes `1_02`, `1.2` and `1.2.0` for one version. */
function versionKey(version: string): string {
  const parts = version.split(/[._]/u).map((digits) => digits.replace(/^0+(?=\d)/u, ''));
  return parts.join('.').replace(/(?:\.0)+$/u, '');
}

/** Run as any other file, one would make again what the files before it have made. */
function refuseBaselines(files: readonly FoundFile[]): void {
  const problems = files
    .filter(({ base }) => base.startsWith('B'))
    .map(({ path }) => `${path}: a baseline of Flyway's stands for the files before it and is not run; move it away`);
  if (problems.length > 0) throw new MigrateError('MIGRATION_NAMES', { problems });
}
