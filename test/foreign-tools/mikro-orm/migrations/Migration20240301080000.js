import { Migration } from '@mikro-orm/migrations';

export class Migration20240301080000 extends Migration {
  async up() {
    this.addSql('create table cells (id integer not null primary key, wing varchar(20) not null)');
  }

  async down() {
    this.addSql('drop table cells');
  }
}
