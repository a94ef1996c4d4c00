import type { MikroORM } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/sql';

/** MikroORM with its entities discovered; a connection is not needed. */
export type Orm = MikroORM<AbstractSqlDriver>;
