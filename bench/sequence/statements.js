/** A hundred new tables, then nine hundred new columns: what a thousand migrations do, one statement each. */
export const statements = [
  ...Array.from({ length: 100 }, (_, table) => ({
    sql: `create table t${table} (id integer primary key, word varchar(20) not null)`,
    down: `drop table t${table}`,
    operation: { kind: 'createTable', table: newTable(`t${table}`) },
  })),
  ...Array.from({ length: 900 }, (_, at) => {
    const [table, name] = [`t${at % 100}`, `c${Math.floor(at / 100)}`];
    const column = { name, type: { type: 'string', length: 50 }, nullable: true };
    return {
      sql: `alter table ${table} add column ${name} varchar(50)`,
      down: `alter table ${table} drop column ${name}`,
      operation: { kind: 'addColumn', table, column },
    };
  }),
];

function newTable(name) {
  const id = { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false };
  const word = { name: 'word', type: { type: 'string', length: 20 }, nullable: false };
  const rest = { indexes: [], foreignKeys: [], checks: [], triggers: [] };
  return { name, columns: { id, word }, primaryKey: { columns: ['id'] }, ...rest };
}
