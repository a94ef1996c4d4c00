import type { Dialect } from '../../dialects/dialect.ts';
import type { Schema } from '../../schema/schema.ts';

/** A database product, and what the models want of it. */
export interface Side {
  readonly dialect: Dialect;
  readonly desired: Schema;
}
