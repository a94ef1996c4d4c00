import type { Emit } from '../events/emitter.ts';
import type { Fact, RollbackSummary, RunOutcome } from '../events/facts.ts';
import { partsOf } from '../operations/alter-table.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import { displayTable } from '../schema/names.ts';
import { importedText } from './imported-text.ts';
import { phrase } from './phrases.ts';
import { safeLine } from './safe-text.ts';

export interface EmojiLogOptions {
  readonly write: (line: string) => void;
  /** Shows each SQL statement with its duration. */
  readonly verbose: boolean;
  /** The first line, said with the first fact. */
  readonly opening?: string;
}

/** The log of an unattended run, as it happens: one line a fact, a heading per table. */
export function emojiLog({ write, verbose, opening }: EmojiLogOptions): Emit {
  let table: string | undefined;
  let isOpen = opening === undefined;
  const say = (line: string): void => {
    if (!isOpen && opening !== undefined) write(opening);
    isOpen = true;
    write(safeLine(line));
  };
  return (fact) => {
    if (fact.kind === 'operationStarted') {
      const next = heading(fact.operation);
      if (next !== undefined && next !== table) say(`🔍 Checking table: ${next}`);
      table = next;
      for (const part of partsOf(fact.operation)) {
        const { problem, doing } = phrase(part);
        if (problem !== undefined) say(`  ❌ ${problem}`);
        say(`  📝 ${doing}${placeOf(fact)}`);
      }
      return;
    }
    if (endsTable.has(fact.kind)) table = undefined;
    for (const line of linesFor(fact, { verbose })) say(line);
  };
}

/** Of a statement of a file that has others: how many there are. */
function placeOf({ operation, step, total }: Extract<Fact, { kind: 'operationStarted' }>): string {
  return operation.kind === 'rawSql' && total > 1 ? ` (${step} of ${total})` : '';
}

function linesFor(fact: Fact, { verbose }: Pick<EmojiLogOptions, 'verbose'>): string[] {
  switch (fact.kind) {
    case 'runStarted':
      return [`🔌 ${fact.server}, database ${fact.database}`];
    case 'waited':
      return [
        `${waitedFor[fact.for]} ${fact.target} (${seconds(fact.ms)})${fact.detail !== undefined && fact.for !== 'server' ? `: ${fact.detail}` : ''}`,
      ];
    case 'noticed':
      return [`${fact.level === 'warning' ? '⚠️  ' : 'ℹ️  '}${fact.text}`];
    case 'planned':
      return plannedLines(fact.plan);
    case 'fileStarted':
      return [`📄 Migration ${fact.place} of ${fact.total}: ${fact.path}`];
    case 'fileApplied':
      return [`  ✅ ${fact.path}: ${fact.applied} ${fact.applied === 1 ? 'change' : 'changes'} (${seconds(fact.ms)})`];
    case 'fileSkipped':
      return [`  ⏭️  ${fact.path}: ${fact.because}`];
    case 'rollbackPlanned':
      return rollbackLines(fact.plan);
    case 'operationApplied':
      return partsOf(fact.operation).map(
        (part, at, all) =>
          `  ✅ ${phrase(part).done} successfully${at === all.length - 1 ? ` (${seconds(fact.ms)})` : ''}`,
      );
    case 'operationSkipped':
      return [`  ⏭️  ${fact.summary}: ${fact.because}`];
    case 'operationSettled':
      return [
        `🩹 An interrupted run left "${fact.summary}" in doubt: it is ${fact.as === 'after' ? 'done' : 'not done, and will be'}`,
      ];
    case 'operationFailed':
      return [`  ❌ ${fact.summary} failed`];
    case 'transactionRolledBack':
      return [`  ↩️  ${notThere(fact.summaries.length)}: the transaction of ${fact.path} was rolled back`];
    case 'operationContinues':
      return [`  ⏳ Still at it after ${seconds(fact.ms)}: ${fact.summary}`];
    case 'progressed':
      return [`  ⏳ ${fact.summary}: ${fact.done}${fact.total === undefined ? '' : ` of ${fact.total}`} rows`];
    case 'statementRan':
      return verbose ? [`     🗄️  ${fact.sql.replaceAll(/\s*\n\s*/gu, ' ')} (${fact.ms.toFixed(1)} ms)`] : [];
    case 'queryVerified':
      return fact.passed ? (verbose ? [`  ✅ ${fact.name}`] : []) : [`  ❌ ${fact.name}: ${fact.message ?? 'failed'}`];
    case 'verified':
      return [
        `${verdictIcons[fact.verdict]} Verification ${fact.verdict}: ${fact.passed} of ${fact.total} critical queries passed`,
      ];
    case 'baselineAdopted':
      return [`📸 Baseline: ${ownedWords[fact.own]} (${fact.tables} ${fact.tables === 1 ? 'table' : 'tables'})`];
    case 'migrationImported':
      return [importedLine(fact)];
    case 'runFinished':
      return finishedLines(fact.outcome);
    default:
      return [];
  }
}

const notThere = (count: number): string =>
  count === 1 ? 'The change above is not there' : `The ${count} changes above are not there`;

const endsTable: ReadonlySet<Fact['kind']> = new Set(['fileStarted', 'fileApplied', 'verified', 'runFinished']);

const waitedFor = {
  server: '⏳ Waiting for',
  lock: '⏳ Waiting for another migration of',
  table: '  ⏳ Waiting for others to leave',
} as const;
const ownedWords = {
  all: 'everything found is ours',
  models: 'what matches the models is ours',
  none: 'nothing found is ours',
} as const;

function importedLine(fact: Extract<Fact, { kind: 'migrationImported' }>): string {
  return `  ${fact.verified === false || fact.path === undefined ? '⚠️ ' : '📥'} Imported ${importedText(fact)}`;
}

const verdictIcons = { PASSED: '✅', PARTIAL: '⚠️ ', FAILED: '❌' } as const;

function plannedLines({
  files = [],
  changes,
  withheld,
  notOurs,
  perhapsRenamed = [],
  hash,
}: Extract<Fact, { kind: 'planned' }>['plan']): string[] {
  return [
    ...(files.length > 0 ? [`📚 Migration files: ${files.length} to run`] : []),
    `📋 Plan ${hash.slice(0, 12)}: ${changes} ${changes === 1 ? 'change' : 'changes'}`,
    ...withheld.map((line) => `  ✋ Withheld: ${line}`),
    ...notOurs.map((line) => `  👀 Not ours, left alone: ${line}`),
    ...perhapsRenamed.map((line) => `  ❓ ${line}`),
  ];
}

function rollbackLines({ hash, target, lost, notBroughtBack, changes }: RollbackSummary): string[] {
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  return [
    `📋 Rollback ${hash.slice(0, 12)} to version ${target}: ${count} to take back`,
    ...(lost === undefined ? [] : [`  🔴 ${lost}`]),
    ...notBroughtBack.map((line) => `  🟡 ${line}`),
    ...changes.map((line) => `  ↩️  ${line}`),
  ];
}

function finishedLines({ status, applied, head, ms, notBroughtBack = [] }: RunOutcome): string[] {
  const anchor = head ? [`🔗 Log head: version ${head.version}, hash ${head.hash}`] : [];
  if (status === 'older') return [...anchor, '⏸️  Nothing changed: the database is newer than this release'];
  if (status === 'ahead') return [...anchor, '⏸️  Nothing changed: what was rolled back stays so until --redo'];
  if (status === 'rolledBack')
    return [
      `📊 Total changes taken back: ${applied}`,
      ...notBroughtBack.map((line) => `🟡 ${line}`),
      ...anchor,
      `↩️  Rollback SUCCEEDED! (${seconds(ms)})`,
    ];
  if (status !== 'done' && status !== 'nothing') return anchor;
  return [
    `📊 Total changes applied: ${applied}`,
    ...anchor,
    status === 'nothing'
      ? `🎉 Nothing to do: the database is as the models say (${seconds(ms)})`
      : `🎉 Complete migration SUCCEEDED! (${seconds(ms)})`,
  ];
}

/** SQL of an author's names what it touches by itself. */
function heading(operation: Operation): string | undefined {
  if (operation.kind === 'rawSql') return undefined;
  const [table] = tablesOf(operation);
  return table === undefined ? 'the database' : displayTable(table);
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
