import type { DatabaseKind } from '../support/databases.ts';
import { applyDecisions, type OracleDocument } from '../support/oracle/index.ts';
import type { NotOurs } from './states/index.ts';

interface Compared {
  readonly fresh: OracleDocument;
  readonly upgraded: OracleDocument;
}

/**
 * Both documents as they must be equal: without what is not ours, each object once, and in the spelling that stands for
 * what the tool leaves as it is on purpose. Fails where an object that should be there is not.
 */
export function withoutNotOurs({ fresh, upgraded }: Compared, notOurs: readonly NotOurs[]): Compared {
  const start: Compared = { fresh: applyDecisions(fresh), upgraded: applyDecisions(upgraded) };
  return notOurs.reduce(withoutOne, start);
}

function withoutOne({ fresh, upgraded }: Compared, found: NotOurs): Compared {
  const object = objectOf(upgraded.kind, found.table);
  if (found.kind === 'table') return { fresh, upgraded: withoutObject(upgraded, object) };
  const { [found.kind]: pattern } = linePatterns[upgraded.kind](found);
  const rest = { fresh, upgraded: withoutLines(upgraded, object, pattern, found.kind === 'column') };
  // The model's own, narrower key has nothing to be compared with then.
  if (found.kind === 'primaryKey') return { ...rest, fresh: withoutLines(fresh, object, /^PRIMARY KEY /, false) };
  return found.kind === 'foreignKey' ? withoutImpliedIndex(rest, object, found.columns) : rest;
}

/** The index that InnoDB made for a foreign key belongs to it. */
function withoutImpliedIndex({ fresh, upgraded }: Compared, object: string, columns: readonly string[]): Compared {
  const line = `KEY (${columns.map((name) => `\`${name}\``).join()})`;
  const count = (document: OracleDocument): number =>
    document.objects[object]?.filter((other) => other === line).length ?? 0;
  return {
    fresh,
    upgraded: count(upgraded) > count(fresh) ? withoutLines(upgraded, object, exactly(line), false) : upgraded,
  };
}

function withoutObject(document: OracleDocument, object: string): OracleDocument {
  const { [object]: lines, ...objects } = document.objects;
  if (!lines) throw new Error(`The oracle does not see ${object}.`);
  return { ...document, objects };
}

function withoutLines(document: OracleDocument, object: string, pattern: RegExp, all: boolean): OracleDocument {
  const lines = document.objects[object] ?? [];
  const at = lines.findIndex((line) => pattern.test(line));
  if (at < 0) throw new Error(`The oracle does not see ${pattern} in ${object}: ${lines.join(' | ')}`);
  const rest = lines.filter((line, index) => (all ? !pattern.test(line) : index !== at));
  return { ...document, objects: { ...document.objects, [object]: rest } };
}

function objectOf(kind: DatabaseKind, table: string): string {
  return kind === 'postgresql' ? `relation public.${table}` : `table ${table}`;
}

type LinePatterns = Readonly<Record<Exclude<NotOurs['kind'], 'table'>, RegExp>>;

/** How the line of an object begins in the documents of a database. */
const linePatterns: { readonly [K in DatabaseKind]: (found: NotOurs) => LinePatterns } = {
  sqlite: (found) => {
    const list = `( ${columnsOf(found)
      .map((name) => `"${name}"`)
      .join(' , ')} )`;
    return {
      column: starting(`"${nameOf(found)}" `),
      unique: exactly(`UNIQUE ${list}`),
      index: exactly(`INDEX ${list}`),
      foreignKey: starting(`FOREIGN KEY ${list} REFERENCES "${referenceOf(found)}" `),
      primaryKey: exactly(`PRIMARY KEY ${list}`),
      partitioning: never,
    };
  },
  postgresql: (found) => {
    const list = `(${columnsOf(found).join(', ')})`;
    return {
      column: starting(`${nameOf(found)} `),
      unique: exactly(`UNIQUE ${list}`),
      index: exactly(`INDEX USING btree ${list}`),
      foreignKey: starting(`FOREIGN KEY ${list} REFERENCES public.${referenceOf(found)}(`),
      primaryKey: exactly(`PRIMARY KEY ${list}`),
      partitioning: never,
    };
  },
  mariadb: mysqlPatterns,
  mysql: mysqlPatterns,
};

function mysqlPatterns(found: NotOurs): LinePatterns {
  const list = `(${columnsOf(found)
    .map((name) => `\`${name}\``)
    .join()})`;
  // A part of a key may have a length.
  const parts = columnsOf(found)
    .map((name) => `\`${name}\`(?:\\(\\d+\\))?`)
    .join();
  return {
    column: starting(`\`${nameOf(found)}\` `),
    unique: new RegExp(`^UNIQUE KEY \\(${parts}\\)(?: USING HASH)?$`),
    index: exactly(`KEY ${list}`),
    foreignKey: starting(`FOREIGN KEY ${list} REFERENCES \`${referenceOf(found)}\` `),
    primaryKey: exactly(`PRIMARY KEY ${list}`),
    partitioning: /^PARTITION BY KEY \(`?jail_id`?\)\s+PARTITIONS 16$/,
  };
}

const never = /^(?!)/;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const exactly = (text: string): RegExp => new RegExp(`^${escaped(text)}$`);
const starting = (text: string): RegExp => new RegExp(`^${escaped(text)}`);

const columnsOf = (found: NotOurs): readonly string[] => ('columns' in found ? found.columns : []);
const nameOf = (found: NotOurs): string => ('name' in found ? found.name : '');
const referenceOf = (found: NotOurs): string => ('references' in found ? found.references : '');
