import type { Platform } from '@mikro-orm/core';
import { BaseMySqlPlatform, BasePostgreSqlPlatform } from '@mikro-orm/sql';

/** True on MySQL and on MariaDB, whose MikroORM platform extends MySQL's. */
export const isMySqlFamily = (platform: Platform): boolean => platform instanceof BaseMySqlPlatform;

/** True on PostgreSQL. */
export const isPostgreSql = (platform: Platform): boolean => platform instanceof BasePostgreSqlPlatform;
