export async function up(knex) {
  await knex.schema.createTable('inmates', (table) => {
    table.increments('id');
    table.string('name', 100).notNullable();
  });
}

export async function down(knex) {
  await knex.schema.dropTable('inmates');
}
