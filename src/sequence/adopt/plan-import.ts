import { MigrateError } from '../../errors.ts';
import type { Provenance } from '../../history/event.ts';
import type { MigrationFile } from '../migration-file.ts';
import { openFilesToVerify, type FileToVerify } from './file-to-verify.ts';
import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { matchByName } from './match-file.ts';
import { hashedId, migrationId } from './migration-id.ts';
import type { FoundHistory } from './read-histories.ts';

/** One entry of another tool's history as it enters our log. */
export interface ImportedMigration {
  /** Its name in our sequence: its file's, where it has one. */
  readonly name: string;
  readonly file?: MigrationFile;
  /** The file that holds it, which others of its migrations complete. */
  readonly within?: MigrationFile;
  readonly provenance: Provenance;
}

/**
 * What of the histories enters the log, in order; of several entries of one file the last completes it. Throws
 * FOREIGN_HISTORY_UNKNOWN where two tools name the same migration.
 */
export function planImport(
  histories: readonly FoundHistory[],
  files: readonly MigrationFile[],
): readonly ImportedMigration[] {
  const taken = new Map<string, ForeignTool>();
  const openFile = openFilesToVerify();
  return histories.flatMap(({ tool, table, entries }) => {
    const applied = entries.filter(({ state }) => state === 'applied');
    const matches = applied.map((entry) => (tool.match ?? byName)(entry, files));
    return applied.map((entry, at): ImportedMigration => {
      const matched = matches[at];
      const isLast = matched && matches.lastIndexOf(matched) === at;
      const file = isLast ? matched : undefined;
      const name = file?.name ?? freeName(entry, tool, taken);
      refuseShared(name, tool, taken.get(name));
      taken.set(name, tool);
      const place = file ? { file } : matched && { within: matched };
      return { name, ...place, provenance: provenanceOf(entry, { tool, table, file: matched, openFile }) };
    });
  });
}

const byName: NonNullable<ForeignTool['match']> = ({ name }, files) => matchByName(name, files);

function freeName({ name }: ForeignEntry, tool: ForeignTool, taken: ReadonlyMap<string, ForeignTool>): string {
  const id = migrationId(name);
  return taken.get(id) === tool ? hashedId(name) : id;
}

function refuseShared(name: string, tool: ForeignTool, other: ForeignTool | undefined): void {
  if (!other || other === tool) return;
  const message = `${other.title} and ${tool.title} both have a migration ${name}`;
  throw new MigrateError('FOREIGN_HISTORY_UNKNOWN', { message });
}

interface Origin {
  readonly tool: ForeignTool;
  readonly table: string;
  readonly file: MigrationFile | undefined;
  openFile(file: string): FileToVerify;
}

function provenanceOf(entry: ForeignEntry, { tool, table, file, openFile }: Origin): Provenance {
  const { name, appliedAt, checksum } = entry;
  const verified = file && checksum ? tool.verify?.(entry, openFile(file.file)) : undefined;
  return {
    tool: tool.name,
    table,
    name,
    ...(appliedAt !== undefined && { appliedAt }),
    ...(checksum !== undefined && { checksum }),
    ...(verified !== undefined && { verified }),
  };
}
