import type { IdleReader } from '../idle-reader.ts';
import { idleReader } from '../mysql/idle.ts';
import { mariadbDigestSql } from './digest.ts';

/** MariaDB through mysql2: one connection, two queries. */
export const readIdleState: IdleReader = idleReader(mariadbDigestSql);
