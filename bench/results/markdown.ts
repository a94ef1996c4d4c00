import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseKind } from '../../test/support/databases.ts';
import type { Machine } from '../harness/describe-machine.ts';
import type { ScaleResult } from '../harness/measure-scale.ts';
import type { SequenceResult } from '../harness/measure-sequence.ts';
import type { CaseResult, ToolResult } from '../harness/measure-tools.ts';
import { median } from '../harness/median.ts';
import { goalsOf } from './goals.ts';
import { pairedRatio } from './paired-ratio.ts';
import { sequenceTable } from './sequence-table.ts';

export interface Results {
  readonly tools: ReadonlyMap<DatabaseKind, readonly ToolResult[]>;
  readonly scale: readonly ScaleResult[];
  readonly sequence: readonly SequenceResult[];
  readonly machine: Machine;
  readonly runs: { readonly idle: number; readonly fresh: number; readonly scale: number; readonly sequence: number };
  readonly minutes: number;
}

const titles: { readonly [K in DatabaseKind]: string } = {
  sqlite: 'SQLite',
  postgresql: 'PostgreSQL',
  mariadb: 'MariaDB',
  mysql: 'MySQL',
};

/** The whole of RESULTS.md. */
export function resultsMarkdown(results: Results): string {
  const { machine, runs, tools, scale } = results;
  return [
    '# Results',
    '',
    'Written by `npm run bench` in this folder; how it measures: [README.md](README.md).',
    '',
    `${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node.js ${machine.node}; ${Object.entries(
      machine.servers,
    )
      .map(([kind, version]) => `${titles[kind as DatabaseKind]} ${version}`)
      .join(', ')}; servers on the same machine. ` +
      `Peers: ${peers().join(', ')}. Medians of ${runs.idle} runs (nothing to do), ${runs.fresh} (nine tables), ${runs.scale} (inspect + diff), interleaved; ` +
      'a ratio is the median of the ratios of the runs of one round. The whole run took ' +
      `${results.minutes.toFixed(1)} minutes. Compare ratios, not milliseconds of different machines.`,
    '',
    '## Goals',
    '',
    ...table(
      ['', 'goal', ...kindsOf(results).map((kind) => titles[kind])],
      goalsOf(results).map(({ isMet, goal, cells }) => [
        isMet ? '✅' : '❌',
        goal,
        ...kindsOf(results).map((kind) => cells.get(kind) ?? ''),
      ]),
    ),
    '',
    '## Nothing to do',
    '',
    'What each start of a container pays when the database is up to date. Whole process, wall milliseconds; MiB is the peak of its largest Node.js process; statements as the server gets them.',
    ...[...tools].flatMap(([kind, found]) => ['', `### ${titles[kind]}`, '', ...caseTable(found, 'idle')]),
    '',
    '## Nine tables from nothing',
    '',
    "The reference application's nine tables in an empty database. mikrate also makes the three tables of its log, writes an event per change, and verifies the result.",
    ...[...tools].flatMap(([kind, found]) => ['', `### ${titles[kind]}`, '', ...caseTable(found, 'fresh')]),
    '',
    '## Inspect + diff',
    '',
    "In one process, after init and connect, first call; the target schema is part of it. mikrate: `readActual` (the models are read while the server reads its catalogs) + `compareSchemas`, and the session's preparation; MikroORM: `orm.schema.getUpdateSchemaSQL()`. Each over the tables that it created itself, ten columns each; both find nothing to do.",
    '',
    ...scaleTable(scale),
    '',
    ...sequenceSection(results),
  ].join('\n');
}

function sequenceSection({ sequence, runs }: Results): string[] {
  return [
    '## A thousand migrations',
    '',
    `A hundred new tables, then nine hundred new columns, one statement a file, on an empty database; whole processes, ${runs.sequence} rounds: the median, and the least in parentheses. The bare driver runs the same statements, each in a transaction of its own, without files, log, lock or a look at the result. "Durable" is what SQLite and PostgreSQL do unless told otherwise: what is committed is on the disk; not durable are SQLite in memory and PostgreSQL without fsync.`,
    '',
    ...sequenceTable(sequence),
    '',
  ];
}

function kindsOf({ tools }: Results): DatabaseKind[] {
  return [...tools.keys()];
}

function caseTable(found: readonly ToolResult[], of: 'idle' | 'fresh'): string[] {
  const caseOf = (id: string): CaseResult | undefined => found.find((tool) => tool.id === id)?.[of];
  const ours = caseOf('mikrate');
  const rows = found.flatMap(({ id, name, [of]: one }) => {
    if (!one || !ours) return [];
    return [
      [
        name,
        one.failure === undefined ? median(one.ms).toFixed(0) : '–',
        id === 'mikrate' ? '' : ratioText(ours, one),
        one.peakMiB.toFixed(0),
        id === 'mikrate' ? '' : (ours.peakMiB / one.peakMiB).toFixed(2),
        String(one.statements),
        remark(one, of),
      ],
    ];
  });
  return table(['', 'ms', 'mikrate / it', 'MiB', 'mikrate / it', 'statements', ''], rows);
}

function ratioText(ours: CaseResult, other: CaseResult): string {
  return ours.failure === undefined && other.failure === undefined ? pairedRatio(ours.ms, other.ms).toFixed(2) : '–';
}

function remark({ failure, ddl, ms }: CaseResult, of: 'idle' | 'fresh'): string {
  if (failure !== undefined) return `fails after ${median(ms).toFixed(0)} ms: ${failure}`;
  return of === 'idle' && ddl > 0 ? `${ddl} DDL statements though nothing changed` : '';
}

function scaleTable(scale: readonly ScaleResult[]): string[] {
  const rows = scale.map(({ kind, count, mikrate, mikroOrm, parts, failure }) => [
    titles[kind],
    count.toLocaleString('en'),
    median(mikrate).toFixed(0),
    median(mikroOrm).toFixed(0),
    `${pairedRatio(mikroOrm, mikrate).toFixed(1)} ×`,
    Object.entries(parts)
      .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
      .join(', '),
    failure ?? '',
  ]);
  return table(['', 'tables', 'mikrate ms', 'MikroORM ms', 'faster', "mikrate's parts, ms", ''], rows);
}

/** A column that is empty in all rows is left out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const kept = head.map((title, at) => title !== '' || at === 0 || rows.some((row) => row[at] !== ''));
  const line = (cells: readonly string[]): string => `| ${cells.filter((_, at) => kept[at]).join(' | ')} |`;
  const rule = head.map((title, at) => (at === 0 || title === '' || title === 'goal' ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)];
}

function peers(): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const named = [
    '@mikro-orm/cli',
    'drizzle-kit',
    'drizzle-orm',
    'knex',
    'sequelize',
    'umzug',
    'typeorm',
    'pg',
    'mysql2',
    'better-sqlite3',
    'sqlite3',
  ];
  return named.map((name) => `${name} ${dependencies[name]}`);
}
