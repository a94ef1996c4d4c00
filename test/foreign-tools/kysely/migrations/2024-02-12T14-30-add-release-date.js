export async function up(db) {
  await db.schema.alterTable('inmates').addColumn('release_date', 'date').execute();
}

export async function down(db) {
  await db.schema.alterTable('inmates').dropColumn('release_date').execute();
}
