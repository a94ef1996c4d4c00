import { defineEntity, p } from '@mikro-orm/core';
import { autoId, dateTime, int } from './types/columns.ts';

/** A name that is watched for, and how to tell when it appears. `userId` has no foreign key. */
export const Monitor = defineEntity({
  name: 'Monitor',
  tableName: 'monitors',
  properties: {
    id: autoId().fieldName('idmonitors'),
    name: p.string().length(255),
    userId: int().nullable(),
    arrestDate: p.date().nullable(),
    releaseDate: p.string().length(255).nullable(),
    arrestReason: p.string().length(255).nullable(),
    arrestingAgency: p.string().length(255).nullable(),
    jail: p.string().length(255).nullable(),
    mugshot: p.text().nullable(),
    enableNotifications: int().default(1),
    notifyMethod: p.string().length(255).nullable().default('pushover'),
    notifyAddress: p.string().length(255).default(''),
    lastSeenIncarcerated: dateTime().nullable(),
  },
  uniques: [{ name: 'unique_monitor', properties: ['name', 'notifyAddress'] }],
});
