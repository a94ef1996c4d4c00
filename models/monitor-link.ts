import { defineEntity, p } from '@mikro-orm/core';
import { Monitor } from './monitor.ts';
import { autoId, dateTimeNow } from './types/columns.ts';
import { noAction } from './types/no-action.ts';
import { User } from './user.ts';

/** Two monitors that mean the same person. */
export const MonitorLink = defineEntity({
  name: 'MonitorLink',
  tableName: 'monitor_links',
  properties: {
    id: autoId(),
    primaryMonitor: () =>
      p.manyToOne(Monitor).joinColumn('primary_monitor_id').updateRule(noAction).deleteRule(noAction),
    linkedMonitor: () => p.manyToOne(Monitor).joinColumn('linked_monitor_id').updateRule(noAction).deleteRule(noAction),
    linkedByUser: () => p.manyToOne(User).joinColumn('linked_by_user_id').updateRule(noAction).deleteRule(noAction),
    linkReason: p.string().length(500).nullable(),
    createdAt: dateTimeNow(),
  },
  uniques: [{ name: 'unique_monitor_link', properties: ['primaryMonitor', 'linkedMonitor'] }],
});
