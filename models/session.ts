import { defineEntity, p } from '@mikro-orm/core';
import { autoId, dateTime, dateTimeNow, timestamps } from './types/columns.ts';
import { noAction } from './types/no-action.ts';
import { User } from './user.ts';

/** A sign-in that can be ended. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: autoId(),
    user: () => p.manyToOne(User).joinColumn('user_id').updateRule(noAction).deleteRule(noAction),
    sessionToken: p.string().length(255).unique().hidden(),
    loginTime: dateTimeNow(),
    logoutTime: dateTime().nullable(),
    ipAddress: p.string().length(45).nullable(),
    userAgent: p.text().nullable(),
    isActive: p.boolean().default(true),
    ...timestamps(),
  },
});
