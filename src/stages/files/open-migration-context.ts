import type { StepContext } from '../../apply/run-step.ts';
import { numberParameters } from '../../dialects/number-parameters.ts';
import type { WriteWatch } from '../../dialects/watch-writes.ts';
import type { MigrationContext } from '../../sequence/migration-context.ts';
import type { Run } from '../run.ts';

/** A statement that code of the author's had executed. */
export interface Executed {
  readonly text: string;
  readonly ms: number;
}

export interface CodeHears {
  execute(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Hears of what goes through the EntityManager. */
  readonly watch: WriteWatch;
}

/** What a migration that is code gets: its statements go to the run's session by way of `execute`. */
export function openMigrationContext(
  { dialect, events }: Run,
  context: Pick<StepContext, 'isInTransaction'>,
  { execute, watch }: CodeHears,
): MigrationContext {
  return {
    dialect: dialect.name,
    execute: (sql, parameters) =>
      parameters && parameters.length > 0 ? execute(numberParameters(sql, dialect), parameters) : execute(sql),
    get em() {
      return events.openEntityManager(() => context.isInTransaction === true, watch);
    },
  };
}
