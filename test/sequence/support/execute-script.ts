import type { Session } from '../../../src/dialects/session.ts';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';
import type { MigrationContext } from '../../../src/sequence/migration-context.ts';
import type { Script } from '../../../src/sequence/script.ts';
import type { Pinned } from '../../support/open-session.ts';

export interface Executor {
  readonly dialect: DialectName;
  readonly session: Session;
  readonly pinned: Pinned;
}

/** Runs the statements and the code of a script. */
export async function runUp(script: Script, executor: Executor): Promise<void> {
  for (const step of script.steps) {
    if (step.kind === 'statement') await executor.session.run(step.text);
    else if (step.kind === 'call') await step.run(contextOf(executor));
    else throw new Error(`this executor knows no ${step.kind}`);
  }
}

/** Runs the way back that its author gave. */
export async function runDown(script: Script, executor: Executor): Promise<void> {
  for (const { text } of script.down ?? []) await executor.session.run(text);
  for (const step of script.steps.toReversed())
    if (step.kind === 'call') {
      if (!step.undo) throw new Error('no way back');
      await step.undo(contextOf(executor));
    }
}

/** What migrations that are code get; `?` works on PostgreSQL where the text has no other use of it. */
export function contextOf({ dialect, session, pinned }: Executor): MigrationContext {
  const em = pinned.orm.em.fork();
  em.setTransactionContext(pinned.context);
  return {
    dialect,
    em,
    execute: (sql, parameters = []) => {
      let count = 0;
      const text =
        dialect === 'postgresql' && parameters.length > 0 ? sql.replaceAll('?', () => `$${(count += 1)}`) : sql;
      return session.query(text, parameters);
    },
  };
}
