import type { Operation } from '../operations/index.ts';

/** Follows tables and columns through the renames of a plan, to the names under which rows can be asked now. */
export interface NamesNow {
  table(name: string): string;
  column(table: string, name: string): string;
  /** Goes on behind an operation. */
  pass(operation: Operation): void;
}

/** Before the first operation every name is that of now. */
export function followNames(): NamesNow {
  const tables = new Map<string, string>();
  const columns = new Map<string, string>();
  const table = (name: string): string => tables.get(name) ?? name;
  const key = (of: string, name: string): string => JSON.stringify([table(of), name]);
  const column = (of: string, name: string): string => columns.get(key(of, name)) ?? name;
  return {
    table,
    column,
    pass: (operation) => {
      if (operation.kind === 'renameTable') tables.set(operation.to, table(operation.from));
      if (operation.kind === 'renameColumn')
        columns.set(key(operation.table, operation.to), column(operation.table, operation.from));
    },
  };
}
