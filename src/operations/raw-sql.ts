import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import type { OperationDefinition } from './definition.ts';

/** SQL written by the user. What it does to the schema is found out by looking before and after. */
export interface RawSql {
  readonly kind: 'rawSql';
  readonly summary: string;
  readonly up: SqlByDialect;
  readonly down?: SqlByDialect;
  /** What its author says it is. */
  readonly declared: 'additive' | 'widening' | 'rebuilding' | 'dataDependent' | 'destructive';
}

export const rawSql: OperationDefinition<RawSql, RawSql> = {
  describe: ({ summary }) => summary,
  object: ({ summary }) => summary,
  undo: ({ summary, up, down, declared }) =>
    down === undefined
      ? { restores: 'nothing', because: 'the author gave no SQL for the way back' }
      : {
          restores: 'structure',
          operation: { kind: 'rawSql', summary: `undo: ${summary}`, up: down, down: up, declared },
        },
  apply: (schema) => schema,
};
