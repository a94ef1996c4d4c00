import { defineEntity, p } from '@mikro-orm/core';
import { Monitor } from './monitor.ts';
import { autoId, int, timestamps } from './types/columns.ts';
import { noAction } from './types/no-action.ts';
import { User } from './user.ts';

/** A monitor's match on the roster. `inmateId` has no foreign key: a partitioned `inmates` cannot be referred to. */
export const MonitorInmateLink = defineEntity({
  name: 'MonitorInmateLink',
  tableName: 'monitor_inmate_links',
  properties: {
    id: autoId(),
    monitor: () => p.manyToOne(Monitor).joinColumn('monitor_id').updateRule(noAction).deleteRule(noAction),
    inmateId: int(),
    linkedByUser: () => p.manyToOne(User).joinColumn('linked_by_user_id').updateRule(noAction).deleteRule(noAction),
    isExcluded: p.boolean().default(false),
    linkReason: p.string().length(500).nullable(),
    ...timestamps(),
  },
  uniques: [{ name: 'unique_monitor_inmate_link', properties: ['monitor', 'inmateId'] }],
});
