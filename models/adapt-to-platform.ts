import type { EntityMetadata, Platform } from '@mikro-orm/core';
import { adaptInmate, Inmate } from './inmate.ts';

/**
 * For MikroORM's `discovery.onMetadata`: what one set of entities has to say differently to each database. MikroORM
 * hands over a copy of the metadata, so one process can have the same entities for several databases.
 */
export function adaptToPlatform(meta: EntityMetadata, platform: Platform): void {
  if (meta.className === Inmate.meta.className) adaptInmate(meta, platform);
}
