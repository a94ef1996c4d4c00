import { digestSql } from '../mysql/digest.ts';

export const mariadbDigestSql = digestSql({ statistics: ['ignored'], checks: 'table_name' });
