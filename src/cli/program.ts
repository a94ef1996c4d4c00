import { Command, CommanderError, Option } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import type { CommandContext } from './context.ts';
import { MigrateError } from '../errors.ts';
import { toolVersion } from './tool-version.ts';

/** A command: its name, its options, and the module that runs it, loaded only when it is called. */
interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  run(context: CommandContext, args: readonly string[]): Promise<number>;
}

const json = new Option('--json', 'results as JSON on stdout, progress on stderr');
const exitCode = new Option('--exit-code', 'exit with 2 when changes are pending, 3 when they are blocked');
const strict = new Option('--strict', 'any failed verification fails');

const answers = new Option('--answers <file>', 'a file with answers to the questions of a plan');

const connection = [
  new Option('--config <file>', 'the MikroORM config (default: found as MikroORM finds it)'),
  new Option('--context <name>', 'which of several configs'),
  new Option('--database-url <url>', 'overrides the config and DATABASE_URL'),
  new Option('--wait <duration>', 'how long to wait for the server').default('30s'),
  new Option('--verbose', 'show each SQL statement with its duration'),
];

/** One line a command. */
const commands: readonly CommandEntry[] = [
  {
    name: 'plan',
    summary: 'what would run',
    options: [json, exitCode, answers, new Option('--sql', 'the SQL alone'), new Option('--markdown', 'as Markdown')],
    run: async (context) => (await import('./plan.ts')).runPlan(context),
  },
  {
    name: 'status',
    summary: 'head version, pending changes, withheld, drift',
    options: [json, exitCode],
    run: async (context) => (await import('./status.ts')).runStatus(context),
  },
  {
    name: 'history [action] [version] [other]',
    summary: 'applied changes: list, show N, diff A B, verify',
    options: [
      json,
      new Option('--table <name>', 'only changes of this table'),
      new Option('--since <when>', 'only changes since a date or a version'),
      new Option('--at <version>', 'with --schema: as it was after this version'),
      new Option('--schema', 'the schema at that version'),
    ],
    run: async (context, args) => (await import('./history.ts')).runHistory(context, args),
  },
  {
    name: 'rollback',
    summary: 'take changes back, by the log alone: shows what it restores and loses, --yes does it',
    options: [
      new Option('--to <version>', 'everything after this version'),
      new Option('--steps <n>', 'the last n changes'),
      new Option('--run <id>', 'what one run did; the beginning of its id is enough'),
      new Option('--ci', 'unattended'),
      new Option('--yes', 'do it'),
      new Option('--approve <hash>', 'leave for what the plan with this hash loses'),
      new Option('--dry-run', 'show it, change nothing'),
      new Option('--lock-timeout <duration>', 'how long to wait for another migration (default: 10m)'),
      json,
    ],
    run: async (context) => (await import('./rollback.ts')).runRollback(context),
  },
  {
    name: 'verify',
    summary: 'next plan empty? critical queries? log intact? no writes',
    options: [json, strict],
    run: async (context) => (await import('./verify.ts')).runVerify(context),
  },
  {
    name: 'doctor',
    summary: 'connection, rights, settings, versions: what would go wrong, with the fix',
    options: [json],
    run: async (context) => (await import('./doctor.ts')).runDoctor(context),
  },
  {
    name: 'repair',
    summary: 'accept changed files as they are; say what became of a statement in doubt',
    options: [
      json,
      new Option('--applied', 'the statement in doubt took effect'),
      new Option('--not-applied', 'the statement in doubt took no effect: it runs again'),
    ],
    run: async (context) => (await import('./repair.ts')).runRepair(context),
  },
  {
    name: 'adopt',
    summary: 'take over an existing database, or the history of another tool',
    options: [
      json,
      new Option('--own <part>', 'what is ours of what is found (default: models)').choices(['all', 'models', 'none']),
      new Option(
        '--from <tool>',
        "import another tool's history: auto, alembic, atlas, dbmate, django, drizzle, flyway, golang-migrate, goose, " +
          'knex, kysely, liquibase, mikro-orm, node-pg-migrate, prisma, sequelize, typeorm',
      ),
      new Option('--table <name>', "with --from TOOL: the table of its history, if not the tool's own name for it"),
      new Option('--schema <name>', 'with --from TOOL: the schema that the table is in (PostgreSQL)'),
      new Option('--dry-run', 'show what would be adopted, change nothing'),
    ],
    run: async (context) => (await import('./adopt.ts')).runAdopt(context),
  },
  {
    name: 'lock',
    summary: 'write the release of the models to migrations/schema.lock.json',
    options: [json],
    run: async (context) => (await import('./lock.ts')).runLock(context),
  },
  {
    name: 'generate <name>',
    summary: 'write the difference between models and database as a migration file',
    options: [
      json,
      answers,
      new Option('--empty', 'a file to be written by hand; nothing is connected'),
      new Option('--sql', 'SQL of this database alone, with the way back').conflicts('empty'),
    ],
    run: async (context, args) => (await import('./generate.ts')).runGenerate(context, args),
  },
];

const ciOptions = [
  new Option('--ci', 'run unattended: wait, lock, plan, apply, verify'),
  json,
  strict,
  answers,
  new Option('--dry-run', 'with --ci: show the plan, change nothing'),
  new Option('--verify-only', 'with --ci: check the critical queries, change nothing'),
  new Option('--lock-timeout <duration>', 'how long to wait for another migration (default: 10m)'),
  new Option('--fail-if-newer', 'exit with 4 when the database belongs to a newer release'),
  new Option('--allow-out-of-order', 'run new migration files that come before applied ones'),
  new Option('--force-sync', 'also repair what older tools left half-done'),
  new Option('--redo', 'apply again what an earlier release of an unlocked project had'),
];

/** Parses the arguments, runs the command, and gives its exit code. Throws USAGE for arguments that do not fit. */
export async function runProgram(argv: readonly string[], base: Omit<CommandContext, 'options'>): Promise<number> {
  let exit = 0;
  const program = new Command('migrate')
    .description('Brings a database to its MikroORM entities, and logs every change in schema_versions.')
    .version(toolVersion())
    .exitOverride()
    .configureOutput({ writeOut: (text) => base.writeOut(text.trimEnd()), writeErr: () => {} })
    .helpCommand('help [command]', 'display help for a command')
    .showSuggestionAfterError();
  addOptions(program, [...ciOptions, ...connection]).action(async (options: CommandContext['options']) => {
    exit = await (await import('./ci.ts')).runCi({ ...base, options });
  });
  for (const entry of commands) {
    const command = program.command(entry.name).description(entry.summary).exitOverride();
    addOptions(command, [...entry.options, ...connection]).action(async () => {
      exit = await entry.run({ ...base, options: command.optsWithGlobals() }, command.args);
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new MigrateError('USAGE', { message: usageMessage(error, program) });
  }
}

/** Commander's words, but for a first word that is no command: it calls that an argument too many. */
function usageMessage({ code, message }: CommanderError, program: Command): string {
  const [word] = program.args;
  const names = program.commands.map((command) => command.name());
  if (code !== 'commander.excessArguments' || word === undefined || names.includes(word))
    return message.replace(/^error: /u, '');
  const near = didYouMean(word, names);
  return `unknown command '${word}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`;
}

function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}
