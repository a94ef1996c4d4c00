export function up(pgm) {
  pgm.createTable('inmates', {
    id: { type: 'integer', primaryKey: true },
    name: { type: 'varchar(100)', notNull: true },
  });
}

export function down(pgm) {
  pgm.dropTable('inmates');
}
