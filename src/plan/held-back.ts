import { partsOf } from '../operations/alter-table.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import { identifierOf, tokenize, type Lexis } from '../schema/expression.ts';
import type { LogicalType } from '../schema/logical-type.ts';
import { parseTableKey } from '../schema/names.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { isNeededBy } from './needs.ts';

/** What is known where an operation is held back. */
export interface Around {
  /** As it is just before the later operation. */
  readonly schema: Schema;
  readonly lexis: Lexis;
}

/**
 * True when an operation that does not run now holds back a later one: that one uses what it makes, takes a name that it
 * would free, or speaks of it in an expression. Holds back too much rather than too little.
 */
export function holdsBack(withheld: Operation, later: Operation, around: Around): boolean {
  if (isNeededBy(withheld, later)) return true;
  return partsOf(withheld).some((first) =>
    partsOf(later).some(
      (second) => makesRoomFor(first, second) || givesTypeTo(first, second, around) || isNamedBy(first, second, around),
    ),
  );
}

/** A name, or a key that others lean on, can be taken away only once its successor is there, or the other way round. */
function makesRoomFor(first: Operation, second: Operation): boolean {
  switch (first.kind) {
    case 'dropIndex':
      return second.kind === 'addIndex' && second.index.name === first.index.name;
    case 'dropCheck':
      return second.kind === 'addCheck' && second.table === first.table && second.check.name === first.check.name;
    case 'dropTrigger':
      return second.kind === 'createTrigger' && second.trigger.name === first.trigger.name;
    case 'dropPrimaryKey':
      return second.kind === 'addPrimaryKey' && second.table === first.table;
    case 'dropView':
      return second.kind === 'createView' && second.view.name === first.view.name;
    case 'addIndex':
      // A foreign key may have no other index once the old one goes.
      return second.kind === 'dropIndex' && second.table === first.table;
    default:
      return false;
  }
}

/** A named enum type, and the columns of it. */
function givesTypeTo(first: Operation, second: Operation, { schema }: Around): boolean {
  if (first.kind !== 'createEnum' && first.kind !== 'alterEnum') return false;
  const name = first.kind === 'createEnum' ? first.enum.name : first.name;
  return typesIn(second, schema).some((type) => type.type === 'enum' && type.name === name);
}

function typesIn(operation: Operation, schema: Schema): readonly LogicalType[] {
  switch (operation.kind) {
    case 'createTable':
      return Object.values(operation.table.columns).map(({ type }) => type);
    case 'addColumn':
      return [operation.column.type];
    case 'changeType':
      return [operation.to];
    case 'setDefault':
    case 'backfill': {
      const column = entryOf(entryOf(schema.tables, operation.table)?.columns, operation.column);
      return column ? [column.type] : [];
    }
    default:
      return [];
  }
}

/** The later one has an expression, or a whole statement, in which the name stands. */
function isNamedBy(first: Operation, second: Operation, { lexis }: Around): boolean {
  const made = nameMadeBy(first);
  if (made === undefined || (made.table !== undefined && !mayUse(second, made.table))) return false;
  return expressionsOf(second).some((text) => tokenize(text, lexis).some((token) => identifierOf(token) === made.name));
}

function nameMadeBy(operation: Operation): { readonly name: string; readonly table?: string } | undefined {
  switch (operation.kind) {
    case 'createTable':
      return { name: parseTableKey(operation.table.name).name };
    case 'renameTable':
      return { name: parseTableKey(operation.to).name };
    case 'createView':
      return { name: parseTableKey(operation.view.name).name };
    case 'addColumn':
      return { name: operation.column.name, table: operation.table };
    case 'renameColumn':
      return { name: operation.to, table: operation.table };
    default:
      return undefined;
  }
}

/** Views and triggers may use any table. */
function mayUse(operation: Operation, table: string): boolean {
  const { kind } = operation;
  if (kind === 'createView' || kind === 'replaceView' || kind === 'createTrigger') return true;
  return tablesOf(operation).includes(table);
}

function expressionsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createView':
      return [operation.view.definition];
    case 'replaceView':
      return [operation.to.definition];
    case 'createTrigger':
      return [operation.trigger.definition];
    case 'addCheck':
      return [operation.check.expression];
    case 'addColumn':
      return generatedBy(operation.column);
    case 'changeGenerated':
      return generatedBy(operation.after);
    case 'addIndex': {
      const { parts, where } = operation.index;
      return [...parts.flatMap(({ expression }) => expression ?? []), ...(where === undefined ? [] : [where])];
    }
    case 'backfill':
      return 'value' in operation.set ? [] : textsOf(operation.set.sql);
    default:
      return [];
  }
}

const generatedBy = ({ generated }: Column): readonly string[] => (generated ? [generated.expression] : []);

const textsOf = (sql: string | Readonly<Record<string, string | undefined>>): readonly string[] =>
  typeof sql === 'string' ? [sql] : Object.values(sql).flatMap((text) => text ?? []);
