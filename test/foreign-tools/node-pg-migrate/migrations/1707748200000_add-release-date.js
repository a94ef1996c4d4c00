export function up(pgm) {
  pgm.addColumn('inmates', { release_date: { type: 'date' } });
}

export function down(pgm) {
  pgm.dropColumn('inmates', 'release_date');
}
