import { describeObject } from '../diff/index.ts';
import {
  countChanges,
  describeBlocked,
  describeFile,
  describePerhapsRenamed,
  hasWork,
  type PlanFile,
  type PlannedFile,
  type PlanStep,
} from '../plan/plan-file.ts';
import { safeText, unsafe } from './safe-text.ts';
import { tableSize } from './table-size.ts';

/** A plan as text for people: what would run, what is withheld, what is not ours, what blocks. */
export function planText(plan: PlanFile, options: { readonly sql: boolean }): string {
  const lines = [
    ...section('📚 Migration files', (plan.files ?? []).map(describeFile)),
    ...(plan.files ?? []).flatMap((file) => fileLines(file, options)),
    ...(plan.steps.length === 0
      ? hasWork(plan)
        ? ['📋 After them the models ask for nothing more']
        : ['🎉 Nothing to do: the database is as the models say']
      : [
          `📋 Plan ${plan.hash.slice(0, 12)} for ${plan.database} (${plan.server}): ${count(countChanges(plan), 'change')}${ofFiles(plan)}${plan.provisional ? ', as far as is known before the files have run' : ''}`,
        ]),
    ...plan.steps.flatMap((step, at) => stepLines(step, at, plan, options)),
    ...section(
      '✋ Withheld',
      plan.withheld.map(({ summary, because }) => `${summary}: ${because}`),
    ),
    ...section('👀 Not ours, left alone', plan.notOurs.map(describeObject)),
    ...section('❓ Could not be compared, left alone', plan.unverified.map(describeObject)),
    ...section('❓ Perhaps renamed', (plan.perhapsRenamed ?? []).map(describePerhapsRenamed)),
    ...section('⛔ Blocked', plan.blocked.map(describeBlocked)),
  ];
  return safeText(lines.join('\n'));
}

/** A plan as SQL alone, one statement after another, ready to be read. */
export function planSql(plan: PlanFile): string {
  const files = (plan.files ?? []).filter(({ skipped }) => skipped === undefined);
  return [...files.map(fileSql), ...plan.steps]
    .flatMap(({ summary, sql }) => [`-- ${safeText(summary).replaceAll('\n', ' ')}`, ...sql.flatMap(sqlLines)])
    .join('\n');
}

function fileSql({ path, steps, statements = [], done = [] }: PlannedFile): {
  readonly summary: string;
  readonly sql: readonly string[];
} {
  const behind = done.length === 0 ? '' : `, after ${done.length} done already`;
  return { summary: `${path}${behind}`, sql: [...steps.flatMap((step) => step.sql), ...statements] };
}

function sqlLines(text: string): string[] {
  const warning = '-- The next statement holds control characters, shown as escapes: let `migrate --ci` run it.';
  return [...(text.search(unsafe) < 0 ? [] : [warning]), `${text};`];
}

/** A plan as a Markdown table, for a review. */
export function planMarkdown(plan: PlanFile): string {
  const cell = (text: string): string => safeText(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = plan.steps.map(
    (step, at) => `| ${at + 1} | ${step.class} | ${cell(step.summary)} | ${size(step, plan)} | ${step.undo.restores} |`,
  );
  const more = [
    ...section(
      '**Migration files**',
      (plan.files ?? []).map((file) => cell(describeFile(file))),
    ),
    ...section(
      '**Withheld**',
      plan.withheld.map(({ summary, because }) => cell(`${summary}: ${because}`)),
    ),
    ...section(
      '**Not ours**',
      plan.notOurs.map((object) => cell(describeObject(object))),
    ),
    ...section(
      '**Could not be compared**',
      plan.unverified.map((object) => cell(describeObject(object))),
    ),
    ...section(
      '**Blocked**',
      plan.blocked.map((item) => cell(describeBlocked(item))),
    ),
  ];
  return [
    `### Plan \`${plan.hash.slice(0, 12)}\` for ${cell(plan.database)}`,
    '',
    '| # | class | change | table | undo restores |',
    '|---|---|---|---|---|',
    ...rows,
    ...(more.length > 0 ? ['', ...more] : []),
  ].join('\n');
}

function ofFiles(plan: PlanFile): string {
  const others = countChanges(plan) - plan.steps.length;
  return others === 0 ? '' : `, ${others} of them of migration files`;
}

function fileLines({ steps, statements = [], done = [] }: PlannedFile, { sql }: { readonly sql: boolean }): string[] {
  const texts = [...steps.flatMap((step) => step.sql), ...statements];
  return [
    ...done.map((summary) => `      ✅ done already: ${summary}`),
    ...(sql ? texts.map((text) => `         ${text};`) : []),
  ];
}

function stepLines(step: PlanStep, at: number, plan: PlanFile, { sql }: { readonly sql: boolean }): string[] {
  const facts = [step.class, size(step, plan), `undo restores ${step.undo.restores}`].filter(Boolean).join(', ');
  return [
    `  ${String(at + 1).padStart(3)}. ${step.summary} (${facts})`,
    ...(sql ? step.sql.map((text) => `         ${text};`) : []),
  ];
}

function size({ operation }: PlanStep, plan: PlanFile): string {
  return 'table' in operation && typeof operation.table === 'string' ? tableSize(operation.table, plan) : '';
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((line) => `  - ${line}`)];
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
