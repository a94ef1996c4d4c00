export async function up(knex) {
  await knex.schema.alterTable('inmates', (table) => {
    table.date('release_date');
  });
}

export async function down(knex) {
  await knex.schema.alterTable('inmates', (table) => {
    table.dropColumn('release_date');
  });
}
