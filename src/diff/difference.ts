import type { Operation } from '../operations/index.ts';
import type { Column } from '../schema/schema.ts';

/** What stands between the actual and the desired schema, not yet ordered. */
export interface Difference {
  readonly changes: readonly Operation[];
  /** Objects that the models do not have and the log does not claim: reported, never dropped. */
  readonly notOurs: readonly ObjectRef[];
  /** Expressions that could not be compared on this database: reported, never changed. */
  readonly unverified: readonly ObjectRef[];
  /** What the models ask for and nobody may guess, in words: an ambiguous rename, two names for one thing. */
  readonly questions: readonly string[];
  /** The ambiguous renames among them. */
  readonly possibleRenames: readonly PossibleRename[];
  /** Columns that are not ours and may be the old ones of columns that come; where nobody is there to be asked. */
  readonly perhapsRenamed?: readonly PossibleRename[];
}

/** A column that goes and one of its type that comes, in one table: the same column or another, only a person knows. */
export interface PossibleRename {
  readonly table: string;
  readonly from: Column;
  readonly to: Column;
}

/** An object of a database by kind and name. */
export interface ObjectRef {
  readonly kind:
    | 'table'
    | 'column'
    | 'index'
    | 'foreignKey'
    | 'check'
    | 'primaryKey'
    | 'trigger'
    | 'view'
    | 'enum'
    | 'partitioning'
    | 'expression';
  readonly table?: string;
  readonly name: string;
}

/** How people write it: `column users.role`. */
export function describeObject({ kind, table, name }: ObjectRef): string {
  if (kind === 'primaryKey') return `primary key of ${table} (${name})`;
  if (kind === 'partitioning') return `partitioning of ${table} by ${name}`;
  const word = kind === 'foreignKey' ? 'foreign key' : kind;
  return table === undefined || table === name ? `${word} ${name}` : `${word} ${table}.${name}`;
}

/** Several differences as one. */
export function joinDifferences(parts: readonly Partial<Difference>[]): Difference {
  return {
    changes: parts.flatMap((part) => part.changes ?? []),
    notOurs: parts.flatMap((part) => part.notOurs ?? []),
    unverified: parts.flatMap((part) => part.unverified ?? []),
    questions: parts.flatMap((part) => part.questions ?? []),
    possibleRenames: parts.flatMap((part) => part.possibleRenames ?? []),
  };
}
