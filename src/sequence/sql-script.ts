import type { LoadedScript } from './migration-file.ts';
import { readScript } from './read-script.ts';
import type { ScriptStep, StatementStep } from './script.ts';
import { readDraft, refuseAt, type SqlFileContext } from './script-draft.ts';
import { statementRefusal } from './statement-refusal.ts';

export type { SqlFileContext } from './script-draft.ts';

/** What an SQL file does. Throws MIGRATION_DOES_NOT_LOAD at the place of what it does not understand or must not run. */
export function readSqlScript(text: string, context: SqlFileContext): LoadedScript {
  const draft = readDraft(readScript(text, context.lexis), context);
  const { up, down, when } = draft;
  const transaction = !draft.isPlain && up.options.transaction !== false && down?.options.transaction !== false;
  refuseStatements([...up.steps, ...(down?.steps ?? [])], context, transaction);
  const back = down?.steps.filter((step) => step.kind === 'statement') ?? [];
  return {
    source: 'legacy',
    transaction,
    steps: up.steps,
    ...(when && { when }),
    ...(up.options.data && { data: true }),
    // Templates of many tools have an empty section: it says nothing about the way back.
    ...(back.length > 0 && { down: back }),
  };
}

function refuseStatements(steps: readonly ScriptStep[], context: SqlFileContext, transaction: boolean): void {
  const statements = steps.filter((step): step is StatementStep => step.kind === 'statement');
  for (const { text, place } of statements) {
    const refusal = statementRefusal(text, context.lexis, { transaction });
    if (refusal !== undefined && place) refuseAt(context, place)(refusal);
  }
}
