import { Migration } from '@mikro-orm/migrations';

export class Migration20240105090000 extends Migration {
  async up() {
    this.addSql('create table inmates (id integer not null primary key, name varchar(100) not null)');
  }

  async down() {
    this.addSql('drop table inmates');
  }
}
