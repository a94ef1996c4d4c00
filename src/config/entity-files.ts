import { isOfOthers, watchModules } from './watch-modules.ts';

/** Modules of a project by their URLs, each with its file, as they were loaded. */
export type LoadedModules = Map<string, string>;

/** Does `work` and notes the project's modules that it loads; what was loaded before is not loaded again. */
export async function notingModules<Result>(modules: LoadedModules, work: () => Promise<Result>): Promise<Result> {
  const stop = watchModules((url, file) => {
    if (!isOfOthers(file)) modules.set(url, file);
  });
  try {
    return await work();
  } finally {
    stop();
  }
}

/** What MikroORM knows of an entity. */
interface Entity {
  readonly className: string;
  readonly class?: unknown;
}

/**
 * The file whose module exports an entity, by the entity's name. A module that gathers the others exports their entities,
 * too: of several the one with the fewest counts.
 */
export async function findEntityFiles(
  entities: readonly Entity[],
  modules: LoadedModules,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map(entities.map((entity) => [entity.class, entity.className]));
  const nameOf = (exported: unknown): string | undefined => names.get(exported) ?? names.get(classOf(exported));
  const exporters: { readonly file: string; readonly entities: readonly string[] }[] = [];
  for (const [url, file] of modules) {
    const exported = Object.values(await exportsOf(url));
    exporters.push({ file, entities: exported.flatMap((item) => nameOf(item) ?? []) });
  }
  const files = new Map<string, string>();
  for (const exporter of exporters.toSorted((a, b) => b.entities.length - a.entities.length))
    for (const name of exporter.entities) files.set(name, exporter.file);
  return files;
}

/** It ran before: what it exports is only looked up. */
async function exportsOf(url: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The class that a schema of an entity describes. */
function classOf(exported: unknown): unknown {
  const { meta } = (exported ?? {}) as { readonly meta?: { readonly class?: unknown } };
  return typeof exported === 'object' ? meta?.class : undefined;
}
