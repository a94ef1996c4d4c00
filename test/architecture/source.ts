import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

export interface SourceFile {
  readonly path: string;
  /** The folder under src/ that the file lies in, or its own name where it lies there itself. */
  readonly layer: string;
}

export interface ImportEdge {
  readonly specifier: string;
  /** Erased when the code runs. */
  readonly isType: boolean;
  /** Loaded when it is called for, not with the file. */
  readonly isDynamic: boolean;
  /** The file, where it is one of ours. */
  readonly target?: SourceFile;
}

/** Every TypeScript file under a folder. */
export function readSource(root: string): readonly SourceFile[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name));
  return names.toSorted().map((name) => sourceFile(join(root, name)));
}

/** What a file imports and re-exports, dynamic imports included. */
export function importsOf({ path }: SourceFile): readonly ImportEdge[] {
  const text = readFileSync(path, 'utf8');
  const found = [...text.matchAll(statement), ...text.matchAll(dynamic)];
  return found.map(({ groups, 0: code }) => {
    const specifier = groups?.['specifier'] ?? '';
    // `verbatimModuleSyntax` keeps `import { type A } from` at run time.
    const isType = groups?.['type'] !== undefined;
    return {
      specifier,
      isType,
      isDynamic: code.startsWith('import('),
      ...(specifier.startsWith('.') && { target: sourceFile(normalize(join(path, '..', specifier))) }),
    };
  });
}

const statement = /^(?:import|export)\s+(?<type>type\s)?(?:[^;'"]*?\sfrom\s+)?['"](?<specifier>[^'"]+)['"]/gmu;
const dynamic = /\bimport\(\s*['"](?<specifier>[^'"]+)['"]/gu;

function sourceFile(path: string): SourceFile {
  const first = path.split('/')[1] ?? '';
  return { path, layer: first.replace(/\.tsx?$/u, '') };
}
