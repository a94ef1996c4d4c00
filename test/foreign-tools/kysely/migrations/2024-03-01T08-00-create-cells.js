export async function up(db) {
  await db.schema
    .createTable('cells')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('wing', 'varchar(20)', (column) => column.notNull())
    .execute();
}

export async function down(db) {
  await db.schema.dropTable('cells').execute();
}
