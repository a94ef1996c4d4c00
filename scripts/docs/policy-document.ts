import type { Dialect } from '../../src/dialects/dialect.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import { worseClass } from '../../src/operations/change-class.ts';
import type { OperationKind } from '../../src/operations/index.ts';
import { classes, classify } from '../../src/plan/classify.ts';
import { defaultDecisions } from '../../src/review/policy.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { policyCases } from './policy-cases.ts';

/** docs/policy.md: what may run unattended, and the class of every operation on every database. */
export async function policyDocument(): Promise<string> {
  const dialects = await Promise.all((['sqlite', 'postgresql', 'mysql', 'mariadb'] as const).map(loadDialect));
  const kinds = Object.keys(classes) as OperationKind[];
  return [
    '# Policy: what may run unattended',
    '',
    'Written by `npm run docs` from `src/review/policy.ts` and `src/plan/classify.ts`.',
    'The option `policy` changes a decision, but for destructive changes; `rebuildBelow` is the size up to which a table may be copied.',
    '',
    '| class | with `--ci` |',
    '|---|---|',
    ...Object.entries(defaultDecisions).map(([name, decision]) => `| ${name} | ${decisions[decision]} |`),
    '',
    'A table that would be copied runs below `rebuildBelow` (100 MB), whatever the class; at or above that size it is withheld.',
    'One blocked operation blocks all: nothing runs, exit code 3. Withheld and not ours do not: they are listed.',
    '',
    '## The class of an operation',
    '',
    `| operation | when | ${dialects.map(({ name }) => name).join(' | ')} |`,
    `|---|---|${dialects.map(() => '---|').join('')}`,
    ...kinds.flatMap((kind) => rowsOf(kind, dialects)),
    '',
  ].join('\n');
}

const decisions = {
  run: 'runs',
  check: 'pre-checked with a query: runs if no row stands against it, else blocked with samples',
  withhold: 'withheld',
} as const;

function rowsOf(kind: OperationKind, dialects: readonly Dialect[]): string[] {
  const entry = classes[kind];
  const cases = policyCases[kind];
  if (cases) {
    return cases.map(({ when, operation }) =>
      row(
        kind,
        when,
        dialects.map((dialect) => classify(operation, emptySchema, dialect)),
      ),
    );
  }
  if (typeof entry !== 'string')
    throw new Error(`scripts/docs/policy-cases.ts has no examples of ${kind}, whose class depends on the operation`);
  return [
    row(
      kind,
      'always',
      dialects.map(({ traits }) => (traits.rebuilds.has(kind) ? worseClass(entry, 'rebuilding') : entry)),
    ),
  ];
}

function row(kind: OperationKind, when: string, cells: readonly string[]): string {
  return `| ${kind} | ${when} | ${cells.join(' | ')} |`;
}
