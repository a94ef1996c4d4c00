import { parseTableKey } from '../../schema/names.ts';
import type { InspectScope } from '../dialect.ts';
import { literal } from './quote.ts';

/** Rows of the catalogs. Every column has an alias: MySQL answers in capitals what MariaDB answers in small letters. */
export interface TableRow {
  readonly tableName: string;
  readonly engine: string | null;
  readonly collation: string | null;
  readonly options: string | null;
  readonly comment: string | null;
}

export interface ColumnRow {
  readonly tableName: string;
  readonly columnName: string;
  readonly columnType: string;
  readonly isNullable: string;
  readonly columnDefault: string | null;
  readonly extra: string;
  readonly expression: string | null;
  readonly comment: string;
  readonly collation: string | null;
  readonly position: number;
  /** The only coordinate system that its values may have; no catalog of MariaDB tells it. */
  readonly srid: number | null;
}

export interface IndexRow {
  readonly tableName: string;
  readonly indexName: string;
  readonly nonUnique: number | string;
  readonly columnName: string | null;
  readonly expression: string | null;
  readonly prefix: number | null;
  readonly direction: string | null;
  readonly method: string;
  readonly comment: string;
  readonly hidden: number | string;
  readonly position: number;
}

export interface ForeignKeyRow {
  readonly tableName: string;
  readonly constraintName: string;
  readonly columnName: string;
  readonly otherSchema: string;
  readonly otherTable: string;
  readonly otherColumn: string;
  readonly isOwn: number | string;
}

export interface RuleRow {
  readonly tableName: string;
  readonly constraintName: string;
  readonly onUpdate: string;
  readonly onDelete: string;
}

export interface CheckRow {
  readonly tableName: string;
  readonly constraintName: string;
  /** Empty where it is told apart. */
  readonly clause: string;
  readonly level: string;
  readonly enforced: string;
}

export interface ClauseRow {
  readonly constraintName: string;
  readonly clause: string;
}

export interface PartitionRow {
  readonly tableName: string;
  readonly partitionName: string;
  readonly method: string;
  readonly expression: string | null;
  readonly bound: string | null;
  readonly subMethod: string | null;
  readonly subExpression: string | null;
}

export interface ViewRow {
  readonly viewName: string;
  readonly definition: string;
  readonly checkOption: string;
  readonly databaseName: string;
  readonly definer: string;
  readonly security: string;
  /** Empty where it is told apart. */
  readonly algorithm: string;
}

export interface TriggerRow {
  readonly tableName: string;
  readonly triggerName: string;
  readonly timing: string;
  readonly event: string;
  readonly body: string;
  readonly definer: string;
}

/**
 * One query each, without joins: a join of MariaDB's catalogs takes seconds on a thousand tables. The long answers come
 * unsorted, so that they come while they are found.
 */
export interface CatalogQueries {
  readonly tables: string;
  readonly columns: string;
  readonly indexes: string;
  readonly foreignKeys: string;
  readonly rules: string;
  readonly checks: string;
  /** The texts of checks by their names, where `checks` has only the names. */
  readonly clauses?: string;
  readonly partitions: string;
  readonly views: string;
  readonly triggers: string;
}

/** The catalog queries of both servers; `own` are the two that are each server's own. */
export function catalogQueries(
  { tables }: InspectScope,
  own: {
    readonly indexColumns: string;
    readonly srid: string;
    readonly viewAlgorithm: string;
    readonly clauses?: string;
    checks(names: string): string;
  },
): CatalogQueries {
  const within = (column: string): string =>
    tables === undefined
      ? ''
      : ` and ${column} in (${[...tables, ''].map((key) => literal(parseTableKey(key).name)).join(', ')})`;
  const of = (schema: string, table: string): string => `${schema} = database()${within(table)}`;
  return {
    tables: `select table_name as \`tableName\`, engine as \`engine\`, table_collation as \`collation\`, create_options as \`options\`, table_comment as \`comment\`
      from information_schema.tables where table_type <> 'VIEW' and table_type <> 'SEQUENCE' and ${of('table_schema', 'table_name')}`,
    columns: `select table_name as \`tableName\`, column_name as \`columnName\`, column_type as \`columnType\`, is_nullable as \`isNullable\`,
      column_default as \`columnDefault\`, extra as \`extra\`, generation_expression as \`expression\`, column_comment as \`comment\`, collation_name as \`collation\`, ordinal_position as \`position\`, ${own.srid} as \`srid\`
      from information_schema.columns where ${of('table_schema', 'table_name')}`,
    indexes: `select table_name as \`tableName\`, index_name as \`indexName\`, non_unique as \`nonUnique\`, column_name as \`columnName\`, ${own.indexColumns},
      sub_part as \`prefix\`, collation as \`direction\`, index_type as \`method\`, index_comment as \`comment\`, seq_in_index as \`position\`
      from information_schema.statistics where ${of('table_schema', 'table_name')}`,
    foreignKeys: `select table_name as \`tableName\`, constraint_name as \`constraintName\`, column_name as \`columnName\`, referenced_table_schema as \`otherSchema\`,
      referenced_table_name as \`otherTable\`, referenced_column_name as \`otherColumn\`, referenced_table_schema = table_schema as \`isOwn\`
      from information_schema.key_column_usage where referenced_table_name is not null and ${of('table_schema', 'table_name')} order by table_name, constraint_name, ordinal_position`,
    rules: `select table_name as \`tableName\`, constraint_name as \`constraintName\`, update_rule as \`onUpdate\`, delete_rule as \`onDelete\`
      from information_schema.referential_constraints where ${of('constraint_schema', 'table_name')}`,
    checks: own.checks(within('table_name')),
    ...(own.clauses !== undefined && { clauses: own.clauses }),
    partitions: `select table_name as \`tableName\`, partition_name as \`partitionName\`, partition_method as \`method\`, partition_expression as \`expression\`,
      partition_description as \`bound\`, subpartition_method as \`subMethod\`, subpartition_expression as \`subExpression\`
      from information_schema.partitions where partition_name is not null and ${of('table_schema', 'table_name')}
      order by table_name, partition_ordinal_position, subpartition_ordinal_position`,
    views: `select table_name as \`viewName\`, view_definition as \`definition\`, check_option as \`checkOption\`, table_schema as \`databaseName\`,
      definer as \`definer\`, security_type as \`security\`, ${own.viewAlgorithm} as \`algorithm\`
      from information_schema.views where table_schema = database()`,
    triggers: `select event_object_table as \`tableName\`, trigger_name as \`triggerName\`, action_timing as \`timing\`, event_manipulation as \`event\`, action_statement as \`body\`, definer as \`definer\`
      from information_schema.triggers where ${of('trigger_schema', 'event_object_table')} order by event_object_table, action_timing, event_manipulation, action_order`,
  };
}
