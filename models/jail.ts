import { defineEntity, p } from '@mikro-orm/core';
import { autoId, dateTime } from './types/columns.ts';

/** A jail whose roster is read. `jailId` is its public name; the roster's rows refer to it, without a foreign key. */
export const Jail = defineEntity({
  name: 'Jail',
  tableName: 'jails',
  properties: {
    id: autoId().fieldName('idjails'),
    jailName: p.string().length(255).unique(),
    state: p.string().length(2),
    jailId: p.string().length(255).unique(),
    scrapeSystem: p.string().length(255),
    active: p.boolean().default(false),
    createdDate: p.date(),
    updatedDate: p.date(),
    lastScrapeDate: p.date().nullable(),
    lastSuccessfulScrape: dateTime().nullable(),
  },
});
