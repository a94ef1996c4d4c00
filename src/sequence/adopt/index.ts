import { alembic } from './alembic.ts';
import { atlas } from './atlas.ts';
import { dbmate } from './dbmate.ts';
import { django } from './django.ts';
import { drizzle } from './drizzle.ts';
import { flyway } from './flyway.ts';
import type { ForeignTool } from './foreign-tool.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { liquibase } from './liquibase.ts';
import { mikroOrm } from './mikro-orm.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import { prisma } from './prisma.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';

/** Every tool whose history can be taken over, one line each. */
export const foreignTools: readonly ForeignTool[] = [
  alembic,
  atlas,
  dbmate,
  django,
  drizzle,
  flyway,
  golangMigrate,
  goose,
  knex,
  kysely,
  liquibase,
  mikroOrm,
  nodePgMigrate,
  prisma,
  sequelize,
  typeorm,
];
