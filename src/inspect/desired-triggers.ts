import type { DatabaseTable } from '@mikro-orm/sql';
import type { Trigger } from '../schema/schema.ts';
import type { Orm } from './orm.ts';

/**
 * The triggers of a table, each with the whole statement that makes it, as MikroORM writes it. Where a trigger can have one
 * event only, MikroORM makes one for each.
 */
export function readTriggers(table: DatabaseTable, orm: Orm): readonly Trigger[] {
  const helper = orm.driver.getPlatform().getSchemaHelper();
  return table.getTriggers().flatMap((trigger) => {
    const whole = helper?.createTrigger(table, trigger) ?? '';
    const single = trigger.events.map((event) => ({ ...trigger, name: `${trigger.name}_${event}`, events: [event] }));
    const each = single.map((one) => ({ name: one.name, definition: helper?.createTrigger(table, one) ?? '' }));
    const isSplit = single.length > 1 && whole === each.map(({ definition }) => definition).join(';\n');
    return isSplit ? each : [{ name: trigger.name, definition: whole }];
  });
}
