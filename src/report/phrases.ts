import { describeOperation, type Operation, type OperationKind, type OperationOf } from '../operations/index.ts';
import { describeType } from '../schema/logical-type.ts';
import { displayTable } from '../schema/names.ts';

/** How the unattended log speaks of an operation: what was wrong, what is done about it, what was done. */
export interface Phrase {
  readonly problem?: string;
  readonly doing: string;
  readonly done: string;
}

/** The words for an operation; kinds without words of their own speak through their description. */
export function phrase(operation: Operation): Phrase {
  const own = phrases[operation.kind] as ((operation: Operation) => Phrase) | undefined;
  return own?.(operation) ?? plain(operation);
}

const phrases: { readonly [K in OperationKind]?: (operation: OperationOf<K>) => Phrase } = {
  createTable: ({ table }) => missing('table', displayTable(table.name), 'Creating', 'Created'),
  addColumn: ({ column }) => missing('column', column.name),
  addIndex: ({ index }) => missing(index.unique ? 'unique' : 'index', index.name),
  addForeignKey: ({ foreignKey }) => missing('foreign key', foreignKey.name),
  addCheck: ({ check }) => missing('check', check.name),
  addPrimaryKey: ({ primaryKey }) => missing('primary key', primaryKey.columns.join(', ')),
  createView: ({ view }) => missing('view', displayTable(view.name), 'Creating', 'Created'),
  createNamespace: ({ namespace }) => missing('namespace', namespace, 'Creating', 'Created'),
  createEnum: (operation) => missing('enum type', displayTable(operation.enum.name), 'Creating', 'Created'),
  changeType: ({ column, from, to }) => ({
    problem: `Different type: ${column} is ${describeType(from)}`,
    doing: `Changing type of ${column} to ${describeType(to)}`,
    done: `Changed type of ${column}`,
  }),
  setDefault: ({ column, to }) => ({
    problem: `${to ? 'Missing or different' : 'Surplus'} default: ${column}`,
    doing: `${to ? 'Setting' : 'Dropping'} default of ${column}`,
    done: `${to ? 'Set' : 'Dropped'} default of ${column}`,
  }),
  rawSql: ({ summary }) => ({ doing: `Running: ${summary}`, done: `Ran ${summary}` }),
  setNullability: ({ column, nullable }) => ({
    problem: `${column} ${nullable ? 'forbids' : 'allows'} NULL`,
    doing: `${nullable ? 'Allowing' : 'Forbidding'} NULL in ${column}`,
    done: `${nullable ? 'Allowed' : 'Forbade'} NULL in ${column}`,
  }),
};

function missing(what: string, name: string, doing = 'Adding', done = 'Added'): Phrase {
  return { problem: `Missing ${what}: ${name}`, doing: `${doing} missing ${what}: ${name}`, done: `${done} ${name}` };
}

function plain(operation: Operation): Phrase {
  const text = describeOperation(operation);
  return { doing: `Doing: ${text}`, done: `Did: ${text}` };
}
