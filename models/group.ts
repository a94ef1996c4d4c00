import { defineEntity, p } from '@mikro-orm/core';
import { autoId, timestamps } from './types/columns.ts';

/** A set of users with the same rights. `groups` is a reserved word in MySQL 8 and later. */
export const Group = defineEntity({
  name: 'Group',
  tableName: 'groups',
  properties: {
    id: autoId(),
    name: p.string().length(50).unique('unique_group_name'),
    displayName: p.string().length(100),
    description: p.text().nullable(),
    isActive: p.boolean().default(true),
    ...timestamps(),
  },
});
