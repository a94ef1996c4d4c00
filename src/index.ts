export type { MigrateOptions } from './config/options.ts';
export { MigrateError, type ErrorCode } from './errors.ts';
export type { Fact } from './events/facts.ts';
export { SchemaVersion } from './history/schema-version.ts';
export type { EventPayload } from './history/event.ts';
export type { Operation } from './operations/index.ts';
export type { PlanFile } from './plan/plan-file.ts';
