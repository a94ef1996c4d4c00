import { defineEntity, p } from '@mikro-orm/core';
import { Group } from './group.ts';
import { autoId, timestamps } from './types/columns.ts';
import { noAction } from './types/no-action.ts';
import { User } from './user.ts';

/** A user's membership in a group. */
export const UserGroup = defineEntity({
  name: 'UserGroup',
  tableName: 'user_groups',
  properties: {
    id: autoId(),
    user: () => p.manyToOne(User).joinColumn('user_id').updateRule(noAction).deleteRule(noAction),
    group: () => p.manyToOne(Group).joinColumn('group_id').updateRule(noAction).deleteRule(noAction),
    assignedBy: () => p.manyToOne(User).joinColumn('assigned_by').nullable().updateRule(noAction).deleteRule(noAction),
    ...timestamps(),
  },
  uniques: [{ name: 'unique_user_group', properties: ['user', 'group'] }],
});
