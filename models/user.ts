import { defineEntity, p } from '@mikro-orm/core';
import { autoId, int, timestamps } from './types/columns.ts';

/** Someone who may sign in. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: autoId(),
    username: p.string().length(50).unique('unique_username'),
    email: p.string().length(255).unique('unique_email'),
    hashedPassword: p.string().length(255).hidden(),
    passwordFormat: p.string().length(20).default('bcrypt'),
    apiKey: p.string().length(255).nullable().unique().hidden(),
    amemberUserId: int().nullable().unique(),
    isActive: p.boolean().default(true),
    ...timestamps(),
  },
});
