import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { writeOperation, type Dialect } from '../../src/dialects/dialect.ts';
import type { Session } from '../../src/dialects/session.ts';
import { undoOperation, type Operation } from '../../src/operations/index.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { withSchemaBench } from '../support/migrate-schema.ts';
import { withSession } from '../support/open-session.ts';

/** What nobody's models say of views and triggers: how it is made, and the questions whose answers tell it. */
interface Belongings {
  readonly make: (user: string) => readonly string[];
  readonly facts: readonly string[];
}

const users = {
  create: {
    postgresql: (user: string) => [`create role ${user}`],
    mysql: (user: string) => [`create user ${user}@localhost`],
    mariadb: (user: string) => [`create user ${user}@localhost`],
  },
  drop: {
    postgresql: (user: string) => [`drop owned by ${user}`, `drop role ${user}`],
    mysql: (user: string) => [`drop user ${user}@localhost`],
    mariadb: (user: string) => [`drop user ${user}@localhost`],
  },
} as const;

const postgresFacts = [
  `select c.relname, c.relowner::regrole::text as owner, c.relacl::text as acl, c.reloptions::text as options, c.relispopulated as filled, obj_description(c.oid) as comment
   from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname in ('theirs', 'above', 'kept') order by c.relname`,
  `select c.relname, a.attname, a.attacl::text as acl, col_description(c.oid, a.attnum) as comment, pg_get_expr(d.adbin, d.adrelid) as value
   from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relname in ('theirs', 'above', 'kept') and a.attnum > 0 order by 1, 2`,
  `select pg_get_indexdef(x.indexrelid) as text, obj_description(x.indexrelid) as comment from pg_index x where x.indrelid = to_regclass('kept') order by 1`,
  `select pg_get_ruledef(oid) as text from pg_rewrite where ev_class in (to_regclass('theirs'), to_regclass('above')) and rulename <> '_RETURN' order by 1`,
  `select pg_get_triggerdef(oid) as text, obj_description(oid) as comment from pg_trigger where not tgisinternal order by 1`,
];

const mysqlViewFacts = `select table_name as name, definer, security_type, check_option from information_schema.views where table_schema = database() order by 1`;

const views: { readonly [K in DatabaseKind]: Belongings } = {
  postgresql: {
    make: (user) => [
      `alter default privileges grant select on tables to public`,
      `create view theirs with (security_barrier) as select id, score from notes where score > 0 with local check option`,
      `alter view theirs alter column score set default 7`,
      `comment on view theirs is 'it''s theirs'`,
      `comment on column theirs.score is 'points'`,
      `revoke all on theirs from public`,
      `grant select, update on theirs to ${user} with grant option`,
      `grant insert (score) on theirs to public`,
      `create function swallow() returns trigger language plpgsql as 'begin return null; end'`,
      `create view above as select score from theirs`,
      `create trigger above_row instead of insert on above for each row execute function swallow()`,
      `comment on trigger above_row on above is 'nothing comes in'`,
      `create rule above_gone as on delete to above do instead nothing`,
      `grant create on schema public to ${user}`,
      `alter view above owner to ${user}`,
      `create materialized view kept with (fillfactor = 70) as select id, score from notes with no data`,
      `create unique index kept_id on kept (id) where score > 1`,
      `comment on index kept_id is 'of those that count'`,
      `comment on materialized view kept is 'old'`,
      `revoke select on kept from postgres`,
    ],
    facts: postgresFacts,
  },
  mysql: {
    make: (user) => [
      `create algorithm = merge definer = ${user}@localhost sql security invoker view theirs as select id, score from notes where score > 0 with local check option`,
      `create algorithm = temptable view above as select max(score) as top from notes`,
    ],
    facts: [mysqlViewFacts, 'show create view theirs', 'show create view above'],
  },
  mariadb: {
    make: (user) => [
      `create algorithm = merge definer = ${user}@localhost sql security invoker view theirs as select id, score from notes where score > 0 with local check option`,
      `create algorithm = temptable view above as select max(score) as top from notes`,
    ],
    facts: [mysqlViewFacts, 'show create view theirs', 'show create view above'],
  },
  sqlite: {
    make: () => [
      'create view theirs (number, points) as select id, score from notes where score > 0',
      'create trigger theirs_row instead of insert on theirs begin insert into notes (score) values (new.points); end',
      'create view above as select points from theirs',
    ],
    facts: [
      `select name, replace(sql, '"', '') as sql from sqlite_master where type in ('view', 'trigger') order by name`,
    ],
  },
};

const triggers: { readonly [K in DatabaseKind]: Belongings } = {
  postgresql: {
    make: () => [
      `create function pass() returns trigger language plpgsql as 'begin return new; end'`,
      `create trigger off before insert on notes for each row execute function pass()`,
      `alter table notes disable trigger off`,
      `comment on trigger off on notes is 'for now'`,
      `create trigger always before update on notes for each row when (new.score > 0) execute function pass()`,
      `alter table notes enable always trigger always`,
    ],
    facts: [
      `select tgname, tgenabled, pg_get_triggerdef(oid) as text, obj_description(oid) as comment from pg_trigger where not tgisinternal order by 1`,
    ],
  },
  mysql: {
    make: (user) => [
      `create definer = ${user}@localhost trigger off before insert on notes for each row set new.score = new.score + 1`,
    ],
    facts: [
      'select trigger_name, definer, action_statement from information_schema.triggers where trigger_schema = database()',
    ],
  },
  mariadb: {
    make: (user) => [
      `create definer = ${user}@localhost trigger off before insert on notes for each row set new.score = new.score + 1`,
    ],
    facts: [
      'select trigger_name, definer, action_statement from information_schema.triggers where trigger_schema = database()',
    ],
  },
  sqlite: {
    make: () => ['create trigger off before insert on notes when new.score > 0 begin select 1; end'],
    facts: ["select name, sql from sqlite_master where type = 'trigger'"],
  },
};

describe.each(databaseKinds)('on %s', (kind) => {
  test('a view that has to make room for a change comes back with all that belongs to it', () =>
    withNotes(kind, async (database, user) => {
      const { make, facts } = views[kind];
      await database.run(make(user));
      const before = await answers(database, facts);
      const after = changes[kind];
      await migrateDatabase(database, after);
      expect(renamed(await answers(database, facts))).toEqual(renamed(before));
    }));

  test.each([
    ['views', views],
    ['triggers', triggers],
  ])('%s that are dropped come back by the undo with all that belongs to them', (_, belongings) =>
    withNotes(kind, async (database, user) => {
      const { make, facts } = belongings[kind];
      await database.run(make(user));
      const before = await answers(database, facts);
      await withSession(database, async (session) => {
        const dialect = await loadDialect(kind);
        await dialect.prepareSession(session);
        const schema = await dialect.inspect(session, {});
        const drops = dropsOf(schema);
        expect(drops.length).toBeGreaterThan(0);
        for (const operation of drops) await perform(operation, { session, dialect, schema });
        for (const operation of drops.toReversed()) {
          const undo = undoOperation(operation);
          if (undo.restores === 'nothing') throw new Error(undo.because);
          await perform(undo.operation, { session, dialect, schema });
        }
      });
      expect(await answers(database, facts)).toEqual(before);
    }),
  );
});

test.runIf(databaseKinds.includes('postgresql'))('a view that is replaced in place keeps its options and rights', () =>
  withNotes('postgresql', async (database, user) => {
    const { make, facts } = views.postgresql;
    await database.run(make(user));
    const before = await answers(database, facts);
    for (const condition of ['score > 1', 'score > 2 and id > 0']) {
      await withSession(database, async (session) => {
        const dialect = await loadDialect('postgresql');
        await dialect.prepareSession(session);
        const schema = await dialect.inspect(session, {});
        const { replacing } = await import('../../src/operations/replace-view.ts');
        const from = schema.views['theirs'];
        if (!from) throw new Error('no view');
        const to = { name: 'theirs', definition: `select id, score from notes where ${condition}` };
        await perform(replacing(from, to), { session, dialect, schema });
      });
    }
    expect(await answers(database, facts)).toEqual(before);
  }),
);

test.each(databaseKinds.filter((kind) => kind === 'mysql' || kind === 'mariadb'))(
  'a user of %s who may not make a view run as its definer is told so before the first statement',
  (kind) =>
    withNotes(kind, async (database, user) => {
      await database.run([
        ...views[kind].make(user),
        `grant all on \`${database.name}\`.* to ${user}@localhost`,
        `create user ${user}@'127.0.0.1'`,
        `grant all on \`${database.name}\`.* to ${user}@'127.0.0.1'`,
      ]);
      const url = new URL(database.url);
      url.username = user;
      try {
        const { plan } = await planDatabase({ url: url.href }, changes[kind]);
        expect(plan.blocked.map(({ code }) => code)).toEqual(['RIGHT_MISSING', 'RIGHT_MISSING']);
        expect(plan.blocked[0]?.message).toMatch(/may not make above run as root@\S+ again without the right SET/u);
      } finally {
        await database.run([`drop user ${user}@'127.0.0.1'`]);
      }
    }),
);

test.each(databaseKinds)('the triggers of a table that is dropped on %s come back with it', (kind) =>
  withNotes(kind, async (database, user) => {
    const { make, facts } = triggers[kind];
    await database.run(make(user));
    const before = await answers(database, facts);
    await withSchemaBench(database, async (bench) => {
      const events = await bench.apply({ schema: emptySchema }, await bench.plan({ schema: emptySchema }));
      expect(events.map(({ operation }) => operation?.kind)).toContain('dropTable');
      await bench.undo(events);
    });
    expect(await answers(database, facts)).toEqual(before);
  }),
);

/** A change that no view may stand in the way of: a new type, or a rename that leaves views behind. */
const changes: { readonly [K in DatabaseKind]: MigrateSettings } = {
  postgresql: settings({ score: p.bigint('number').nullable() }),
  sqlite: settings({ score: p.integer().nullable().check('score < 1000') }),
  mysql: renamedSettings(),
  mariadb: renamedSettings(),
};

function settings(properties: object): MigrateSettings {
  const Note = defineEntity({
    name: 'Note',
    tableName: 'notes',
    properties: { id: p.integer().primary(), ...properties },
  });
  return { config: { entities: [Note] } };
}

function renamedSettings(): MigrateSettings {
  return {
    ...settings({ points: p.integer().nullable() }),
    options: { tables: { notes: { columns: { points: { renamedFrom: 'score' } } } } },
  };
}

/** The new name of the column stands in the text of a view. */
function renamed(found: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(found).replaceAll('`points`', '`score`'));
}

async function withNotes(
  kind: DatabaseKind,
  work: (database: TestDatabase, user: string) => Promise<void>,
): Promise<void> {
  const database = await createDatabase(kind, { name: 'belongings' });
  const user = `b${database.name.slice(-12)}`.replaceAll(/\W/gu, '');
  try {
    if (kind !== 'sqlite') await database.run(users.create[kind](user));
    await migrateDatabase(database, settings({ score: p.integer().nullable() }));
    await database.run(['insert into notes (score) values (1), (2), (null)']);
    await work(database, user);
  } finally {
    if (kind !== 'sqlite') await database.run(users.drop[kind](user)).catch(() => undefined);
    await database.drop();
  }
}

async function answers(database: TestDatabase, questions: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  // The collation of the session that made a view is not kept: every session of a run has the same.
  for (const question of questions)
    found.push((await database.query(question)).map((row) => ({ ...row, collation_connection: '' })));
  return found;
}

/** Drops of all views, those that lean on others first, and of all triggers of tables. */
function dropsOf({ views: found, tables }: Schema): Operation[] {
  const order = ['above', 'kept', 'theirs'];
  return [
    ...order.flatMap((name) => (found[name] ? [{ kind: 'dropView', view: found[name] } as const] : [])),
    ...Object.values(tables).flatMap(({ name, triggers: list }) =>
      list.map((trigger) => ({ kind: 'dropTrigger', table: name, trigger }) as const),
    ),
  ];
}

async function perform(
  operation: Operation,
  { session, dialect, schema }: { session: Session; dialect: Dialect; schema: Schema },
): Promise<void> {
  for (const { text, parameters } of writeOperation(dialect, operation, schema)) await session.run(text, parameters);
}
