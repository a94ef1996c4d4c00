import type { Command } from '../harness/run-process.ts';
import type { DatabaseKind } from '../../test/support/databases.ts';

/** Something that is measured: how to start it against a database. */
export interface Tool {
  readonly id: ToolId;
  /** As the results name it. */
  readonly name: string;
  /** It makes the nine tables; the floor does not. */
  readonly makesTables: boolean;
  command(kind: DatabaseKind, url: string): Command;
}

export type ToolId =
  | 'floor'
  | 'mikrate'
  | 'knex'
  | 'knex-api'
  | 'umzug'
  | 'typeorm'
  | 'mikro-cli'
  | 'mikro-cli-native'
  | 'mikro-api'
  | 'drizzle';
