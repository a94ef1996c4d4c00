export async function up(knex) {
  await knex.schema.createTable('cells', (table) => {
    table.increments('id');
    table.string('wing', 20).notNullable();
  });
}

export async function down(knex) {
  await knex.schema.dropTable('cells');
}
