export class CreateCells1709280000000 {
  async up(queryRunner) {
    await queryRunner.query('create table cells (id integer not null primary key, wing varchar(20) not null)');
  }

  async down(queryRunner) {
    await queryRunner.query('drop table cells');
  }
}
