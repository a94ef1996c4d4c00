export class AddReleaseDate1707748200000 {
  async up(queryRunner) {
    await queryRunner.query('alter table inmates add column release_date date');
  }

  async down(queryRunner) {
    await queryRunner.query('alter table inmates drop column release_date');
  }
}
