import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Column } from '../../../src/schema/schema.ts';
import { column, int } from '../../support/table-of.ts';

export { column, int, string as text, tableOf as table } from '../../support/table-of.ts';

export const native = (sql: string): LogicalType => ({ type: 'native', sql });

/** An integer primary key that counts. */
export const id = (name = 'id'): Column => column(name, int, { nullable: false, autoIncrement: true });

/** Every character that has hurt a tool: quotes of all kinds, dot, percent, question mark, backslash, newline, emoji, an escape. */
export const hostileName = 'a\'b"c`d.e%f?g\\h\ni ü€$&;--#/*x*/';
