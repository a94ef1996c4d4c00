export class CreateInmates1704445200000 {
  async up(queryRunner) {
    await queryRunner.query('create table inmates (id integer not null primary key, name varchar(100) not null)');
  }

  async down(queryRunner) {
    await queryRunner.query('drop table inmates');
  }
}
