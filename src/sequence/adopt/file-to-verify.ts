import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** A file as a tool made its checksum of it. */
export interface FileToVerify {
  /** The last part of its path. */
  readonly base: string;
  readonly bytes: Buffer;
  /** All files of its folder that have its ending, itself among them, ordered by the bytes of their names. */
  folder(): readonly FolderFile[];
}

export interface FolderFile {
  readonly base: string;
  readonly bytes: Buffer;
}

/** Reads files and their folders, each folder once. */
export function openFilesToVerify(): (file: string) => FileToVerify {
  const folders = new Map<string, readonly FolderFile[]>();
  return (file) => ({
    base: basename(file),
    bytes: readFileSync(file),
    folder: () => {
      const key = join(dirname(file), `*${extname(file)}`);
      const known = folders.get(key) ?? readFolder(file);
      folders.set(key, known);
      return known;
    },
  });
}

function readFolder(file: string): readonly FolderFile[] {
  const entries = readdirSync(dirname(file), { withFileTypes: true });
  const bases = entries.filter((entry) => entry.isFile() && extname(entry.name) === extname(file));
  return bases
    .map(({ name }) => ({ base: name, bytes: readFileSync(join(dirname(file), name)) }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.base), Buffer.from(b.base)));
}
