import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CommandOptions } from '../../../src/cli/context.ts';
import { createEngine } from '../../../src/cli/tui-engine.ts';
import type { Fact } from '../../../src/events/facts.ts';
import { undecided } from '../../../src/review/decisions.ts';
import type { Engine, Listener, RunResult } from '../../../src/tui/engine.ts';
import type { TestDatabase } from '../../support/databases.ts';

/** A MikroORM project whose models go on, one config file for each state of them, for there is one process. */
export interface EngineProject {
  readonly folder: string;
  /** An engine for these entities (`const entities = [...]`), as `migrate` would make it there. */
  engine(models: string, given?: EngineSettings): Engine;
  addFiles(files: Readonly<Record<string, string>>): void;
}

export interface EngineSettings {
  /** `export const migrate`. */
  readonly options?: string;
  readonly flags?: CommandOptions;
}

const scratch = fileURLToPath(new URL('../../../.scratch', import.meta.url));

/** A project beside this repository's packages; removed after the test. */
export function createEngineProject({ url }: Pick<TestDatabase, 'url'>): EngineProject {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let states = 0;
  const addFiles: EngineProject['addFiles'] = (files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  return {
    folder,
    addFiles,
    engine: (models, { options = '{}', flags = {} } = {}) => {
      states += 1;
      const config = `state-${states}.config.ts`;
      const head = `import { defineEntity, p } from '@mikro-orm/core';\n`;
      addFiles({ [config]: `${head}${models}\nexport default { entities };\nexport const migrate = ${options};\n` });
      return createEngine({
        cwd: folder,
        env: { DATABASE_URL: url },
        isTerminal: true,
        options: { config, wait: '30s', ...flags },
        writeOut: () => {},
        writeErr: () => {},
        signal: new AbortController().signal,
      });
    },
  };
}

/** Hears everything. */
export function listener(): Listener & { readonly facts: Fact[]; readonly stop: AbortController } {
  const facts: Fact[] = [];
  const stop = new AbortController();
  return { facts, stop, emit: (fact) => void facts.push(fact), signal: stop.signal };
}

/** The entity of a table with the given columns besides its key. */
export function itemOf(columns: string): string {
  return `const Item = defineEntity({ name: 'Item', tableName: 'item', properties: { id: p.integer().primary(), ${columns} } });`;
}

/** The models with that table alone, or with another one beside it. */
export function oneTable(columns: string, other = ''): string {
  return `${itemOf(columns)}\n${other}\nconst entities = [Item${other === '' ? '' : ', Other'}];`;
}

/** A second table. */
export const otherTable = `const Other = defineEntity({ name: 'Other', tableName: 'other', properties: { id: p.integer().primary(), label: p.string().length(30).nullable() } });`;

/** Applies whatever the models ask for, as it was shown. */
export async function bring(engine: Engine, decisions = undecided): Promise<RunResult> {
  const { reviewHash } = await engine.survey(decisions, listener());
  return engine.migrate({ ...decisions, hash: reviewHash, redo: false }, listener());
}
