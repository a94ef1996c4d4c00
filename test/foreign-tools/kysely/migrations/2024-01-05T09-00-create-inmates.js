export async function up(db) {
  await db.schema
    .createTable('inmates')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('name', 'varchar(100)', (column) => column.notNull())
    .execute();
}

export async function down(db) {
  await db.schema.dropTable('inmates').execute();
}
