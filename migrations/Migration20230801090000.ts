import { Migration } from '@mikro-orm/migrations';

/** The first app for phones called Pushover `push`. */
export class Migration20230801090000 extends Migration {
  override up(): void {
    this.addSql("update monitors set notify_method = 'pushover' where notify_method = 'push'");
  }

  /** Both words mean the same, so nothing has to come back. */
  override down(): void {
    this.addSql('select 1');
  }
}
