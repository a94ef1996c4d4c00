import { readFileSync } from 'node:fs';
import { MigrateError } from '../../errors.ts';
import type { Provenance } from '../../history/event.ts';
import type { MigrationFile } from '../migration-file.ts';
import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { matchByName } from './match-file.ts';
import { hashedId, migrationId } from './migration-id.ts';
import type { FoundHistory } from './read-histories.ts';

/** One entry of another tool's history as it enters our log. */
export interface ImportedMigration {
  /** Its name in our sequence: its file's, where it has one. */
  readonly name: string;
  readonly file?: MigrationFile;
  readonly provenance: Provenance;
}

/** What of the histories enters the log, in order. Throws FOREIGN_HISTORY_UNKNOWN where two tools name the same migration. */
export function planImport(
  histories: readonly FoundHistory[],
  files: readonly MigrationFile[],
): readonly ImportedMigration[] {
  const taken = new Map<string, ForeignTool>();
  return histories.flatMap(({ tool, table, entries }) => {
    const applied = entries.filter(({ state }) => state === 'applied');
    return applied.map((entry): ImportedMigration => {
      const matched = (tool.match ?? byName)(entry, files);
      const file = matched && taken.get(matched.name) === tool ? undefined : matched;
      const name = file?.name ?? freeName(entry, tool, taken);
      refuseShared(name, tool, taken.get(name));
      taken.set(name, tool);
      return { name, ...(file && { file }), provenance: provenanceOf(entry, { tool, table, file }) };
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
}

function provenanceOf(entry: ForeignEntry, { tool, table, file }: Origin): Provenance {
  const { name, appliedAt, checksum } = entry;
  const verified = file && checksum ? tool.verify?.(entry, readFileSync(file.file)) : undefined;
  return {
    tool: tool.name,
    table,
    name,
    ...(appliedAt !== undefined && { appliedAt }),
    ...(checksum !== undefined && { checksum }),
    ...(verified !== undefined && { verified }),
  };
}
