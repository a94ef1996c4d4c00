import type { MikroORM } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/sql';
import { dirname } from 'node:path';
import { MigrateError } from '../errors.ts';
import { displayPlace, placeOf } from './error-place.ts';
import { importPackage } from './project-package.ts';
import { redact } from './secret.ts';
import type { OrmOptions } from './target.ts';

export type Orm = MikroORM<AbstractSqlDriver>;

export interface BuildOptions {
  /** The config file; packages are looked up from it. */
  readonly file: string;
  readonly version: string;
  /** Entities besides those of the config. */
  readonly entities?: readonly unknown[];
  /** Let MikroORM log as its config says. */
  readonly debug?: boolean;
}

/** MikroORM with its entities discovered, not connected. Throws MODELS_DO_NOT_LOAD with file and line, or the entity. */
export async function buildOrm(config: OrmOptions, options: BuildOptions): Promise<Orm> {
  const core = await importPackage('@mikro-orm/core', options.file, options.version);
  const Core = core['MikroORM'] as typeof MikroORM;
  try {
    return (await Core.init(withOurs(config, options) as never)) as unknown as Orm;
  } catch (error) {
    throw modelsDoNotLoad(error, options.file);
  }
}

/** MikroORM without entities, for a first contact with the server. */
export async function buildBareOrm(config: OrmOptions, options: BuildOptions): Promise<Orm> {
  const {
    entities: _,
    entitiesTs: _ts,
    subscribers: _subscribers,
    discovery: _discovery,
    routines: _routines,
    ...rest
  } = config;
  return buildOrm({ ...rest, entities: [], discovery: { warnWhenNoEntities: false } }, options);
}

function withOurs(config: OrmOptions, { entities = [], debug = false }: BuildOptions): OrmOptions {
  const silent: OrmOptions = { debug: false, logger: () => {} };
  return {
    // Node.js strips types by itself, which MikroORM does not know.
    preferTs: true,
    ...config,
    ...(!debug && silent),
    // We create a missing database ourselves: with its right charset, any legal name, and only on a first contact.
    ensureDatabase: false,
    ensureIndexes: false,
    entities: [...(config.entities ?? []), ...entities] as NonNullable<OrmOptions['entities']>,
    ...(config.entitiesTs &&
      config.entitiesTs.length > 0 && {
        entitiesTs: [...config.entitiesTs, ...entities] as NonNullable<OrmOptions['entitiesTs']>,
      }),
  };
}

function modelsDoNotLoad(error: unknown, file: string): MigrateError<'MODELS_DO_NOT_LOAD'> {
  const place = placeOf(error);
  const entity = entityOf(error);
  const where = place ? displayPlace(place, dirname(file)) : (entity ?? displayPlace({ file }, dirname(file)));
  return new MigrateError(
    'MODELS_DO_NOT_LOAD',
    { where, message: redact(error instanceof Error ? error.message : String(error)) },
    { cause: error },
  );
}

/** MikroORM's metadata errors carry the entity that they are about. */
function entityOf(error: unknown): string | undefined {
  const { entity, meta } = error as {
    entity?: { className?: string; path?: string };
    meta?: { className?: string; path?: string };
  };
  const about = meta ?? entity;
  return about?.path ?? (about?.className === undefined ? undefined : `entity ${about.className}`);
}
