/** Sums over every row of the catalogs that describes an application's object, one line a catalog. */
export function digestSql(differences: { readonly statistics: readonly string[]; readonly checks: string }): string {
  const catalogs: readonly (readonly [catalog: string, filter: string, columns: readonly string[]])[] = [
    [
      'tables',
      'table_schema',
      ['table_name', 'table_type', 'engine', 'table_collation', 'table_comment', 'create_options'],
    ],
    [
      'columns',
      'table_schema',
      [
        'table_name',
        'column_name',
        'ordinal_position',
        'column_default',
        'is_nullable',
        'column_type',
        'collation_name',
        'extra',
        'column_comment',
        'generation_expression',
      ],
    ],
    [
      'statistics',
      'table_schema',
      [
        'table_name',
        'index_name',
        'seq_in_index',
        'column_name',
        'collation',
        'sub_part',
        'non_unique',
        'index_type',
        ...differences.statistics,
      ],
    ],
    [
      'key_column_usage',
      'table_schema',
      [
        'table_name',
        'constraint_name',
        'column_name',
        'ordinal_position',
        'referenced_table_name',
        'referenced_column_name',
      ],
    ],
    ['referential_constraints', 'constraint_schema', ['table_name', 'constraint_name', 'update_rule', 'delete_rule']],
    ['check_constraints', 'constraint_schema', ['constraint_name', differences.checks, 'check_clause']],
    [
      'partitions',
      'table_schema',
      ['table_name', 'partition_name', 'partition_method', 'partition_expression', 'partition_description'],
    ],
    [
      'triggers',
      'trigger_schema',
      ['trigger_name', 'event_object_table', 'action_timing', 'event_manipulation', 'action_statement'],
    ],
    ['views', 'table_schema', ['table_name', 'view_definition']],
  ];
  return catalogs.map(([catalog, filter, columns]) => digestOf(catalog, filter, columns)).join(' union all ');
}

export const mysqlDigestSql = digestSql({ statistics: ['expression', 'is_visible'], checks: 'constraint_schema' });

function digestOf(catalog: string, filter: string, columns: readonly string[]): string {
  const text = `sha2(concat_ws('|', ${columns.map((column) => `ifnull(${column}, '~')`).join(', ')}), 256)`;
  const half = (from: number): string =>
    `cast(bit_xor(cast(conv(substr(${text}, ${from}, 16), 16, 10) as unsigned)) as char)`;
  return `select '${catalog}' as catalog, cast(count(*) as char) as n, ${half(1)} as a, ${half(17)} as b from information_schema.${catalog} where ${filter} = database()`;
}
