import { alembic } from './alembic.ts';
import { atlas } from './atlas.ts';
import { django } from './django.ts';
import { flyway, flywayBaseline } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import type { WrittenHistory } from './history.ts';
import { knex } from './knex.ts';
import { liquibase } from './liquibase.ts';
import { prisma } from './prisma.ts';
import { sequelize } from './sequelize.ts';

/** Every history that is written by statements. */
export const histories: readonly WrittenHistory[] = [
  alembic,
  atlas,
  django,
  flyway,
  flywayBaseline,
  golangMigrate,
  goose,
  knex,
  liquibase,
  prisma,
  sequelize,
];
