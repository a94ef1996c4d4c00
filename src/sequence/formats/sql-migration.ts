import type { FormatName, LoadedScript, MigrationFile } from '../migration-file.ts';
import { semanticsOf } from '../sql-semantics.ts';
import { readSqlScript } from '../sql-script.ts';
import type { FormatContext, FoundFile } from './format.ts';
import { once } from './read-code.ts';

/** Where the SQL of one migration stands. */
export interface SqlSource {
  readonly name: string;
  readonly format: FormatName;
  readonly up: FoundFile;
  /** The way back where it has a file of its own. */
  readonly down?: FoundFile;
  readonly repeatable?: true;
}

/** A migration of one SQL file, or of a pair. Nothing is read before it is asked for. */
export function sqlMigration(source: SqlSource, { dialect }: FormatContext): MigrationFile {
  const { name, format, up, down, repeatable } = source;
  // Of a pair, both as if they were the sections of one file.
  const text = (): string => (down ? `${up.text}\n-- migrate:down\n${down.text}` : up.text);
  return {
    name,
    format,
    path: up.path,
    file: up.file,
    ...(repeatable && { repeatable }),
    get text() {
      return text();
    },
    semantics: async () => semanticsOf(text(), dialect.lexis),
    load: once(async () => load(source, dialect)),
  };
}

function load({ up, down }: SqlSource, { lexis }: FormatContext['dialect']): LoadedScript {
  if (!down) return readSqlScript(up.text, { lexis, path: up.path });
  const there = readSqlScript(up.text, { lexis, path: up.path, only: 'up' });
  const back = readSqlScript(down.text, { lexis, path: down.path, only: 'down' });
  return {
    ...there,
    transaction: there.transaction && back.transaction,
    // A place would be one in the other file.
    ...(back.down && { down: back.down.map(({ place: _, ...step }) => step) }),
  };
}
