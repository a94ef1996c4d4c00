import { Migration } from '@mikro-orm/migrations';

export class Migration20240212143000 extends Migration {
  async up() {
    this.addSql('alter table inmates add column release_date date');
  }

  async down() {
    this.addSql('alter table inmates drop column release_date');
  }
}
