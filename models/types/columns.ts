import { p } from '@mikro-orm/core';
import { DateTime } from './date-time.ts';

/** `int … auto_increment` primary key; signed on MySQL and MariaDB, as the service always had it. */
export const autoId = () => p.integer().primary().autoincrement().unsigned(false);

/** A signed integer. */
export const int = () => p.integer().unsigned(false);

/** A point in time without a zone. */
export const dateTime = () => p.type(DateTime).$type<Date>();

/** A point in time that the database sets to now when a row is inserted. */
export const dateTimeNow = () => dateTime().defaultRaw('CURRENT_TIMESTAMP');

/** The pair of times that most tables have; MikroORM sets `updatedAt` on each change. */
export const timestamps = () => ({
  createdAt: dateTimeNow(),
  updatedAt: dateTimeNow().onUpdate(() => new Date()),
});
