import { DateTimeType, type EntityProperty, type Platform } from '@mikro-orm/core';
import { isPostgreSql } from './dialect.ts';

/**
 * A point in time without a zone, a JavaScript `Date` in UTC: `timestamp` on PostgreSQL (MikroORM's own type would be
 * `timestamptz`), `datetime` elsewhere (whole seconds on MySQL and MariaDB).
 */
export class DateTime extends DateTimeType {
  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return isPostgreSql(platform) ? 'timestamp' : 'datetime';
  }
}
