import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { applyOne, inDatabase } from './cases.ts';

/** Tables as other tools write them. */
const foreignTables: readonly string[] = [
  `create table inmates (idinmates int not null auto_increment, name varchar(255) not null, race varchar(255) not null default 'Unknown', sex varchar(255) not null default 'Unknown',
    arrest_date date, mugshot mediumtext, hold_reasons text not null, is_juvenile bool not null default false, last_seen datetime, jail_id varchar(255) not null, dob varchar(255) not null default 'Unknown',
    h binary(32) generated always as (unhex(sha2(concat(\`arrest_date\`, ':', char_length(\`name\`), ':', lower(convert(\`name\` using utf8mb4) collate utf8mb4_unicode_ci), char_length(\`dob\`), ':', \`dob\`), 256))) virtual,
    primary key (idinmates, jail_id), unique key unique_inmate_hash (jail_id, h), key (name), key ix (jail_id, last_seen)) engine=InnoDB default charset=utf8mb4 partition by key(jail_id) partitions 16`,
  "create table plain (a int(11) zerofill, b double(10,2), c float(7,3), d double unsigned, e numeric(12,3) unsigned, f char(10) character set latin1, g varchar(10) binary, h tinytext, i mediumblob, j integer unsigned default '7', k bit, l boolean default 1, m real, n dec(5), o nchar(4), p year(4), q geometry not null, r datetime(6) default now(6) on update now(6), s time(3) default '01:02:03.4', spatial key (q))",
  "create table latin (a varchar(255) not null default '', b text, c enum('x','Y','z z') not null default 'Y', d set('a','b') default 'a,b', unique key (a), key b_prefix (b(30)), fulltext key ft (a, b)) engine=InnoDB default charset=latin1 comment='it''s \\\\ old'",
  'create table myisam (id int not null auto_increment, a int, primary key (id), key (a)) engine=MyISAM default charset=utf8mb4',
  'create table ranged (id int not null, at date not null, primary key (id, at)) partition by range (year(at)) subpartition by hash (to_days(at)) subpartitions 2 (partition p0 values less than (2020), partition p1 values less than maxvalue)',
  "create table checks (a int check (a > 0), b varchar(20), constraint both_sides check (a < 10 and b <> 'it''s' and b not like 'x\\_%' or b is null))",
];

export function oracleCases(dialect: Dialect, own: readonly string[]): void {
  const showCreate = async (session: Session, name: string): Promise<string> => {
    const [row] = await session.query<Record<string, string>>(`show create table ${dialect.quote(name)}`);
    const lines = (row?.['Create Table'] ?? '')
      .replaceAll(/ AUTO_INCREMENT=\d+/gu, '')
      .split('\n')
      .map((line) => line.replace(/,$/u, ''));
    // The order of indexes is no property of a table.
    const isIndex = (line: string): boolean => /^\s+(?:UNIQUE |FULLTEXT |SPATIAL )?KEY /u.test(line);
    return [...lines.filter((line) => !isIndex(line)), ...lines.filter(isIndex).toSorted()].join('\n');
  };

  describe(`${dialect.name}: another's table, made again from what was read`, () => {
    test.each([...foreignTables, ...own].map((sql) => ({ name: /create table (\w+)/u.exec(sql)?.[1] ?? '', sql })))(
      'is the same to SHOW CREATE TABLE: $name',
      ({ name, sql }) =>
        inDatabase(dialect, async ({ session }) => {
          await session.run(sql);
          const shown = await showCreate(session, name);
          const before = await dialect.inspect(session, {});
          const table = before.tables[name];
          if (!table) throw new Error('the table was not found');
          await applyOne(dialect, session, { kind: 'dropTable', table });
          await applyOne(dialect, session, { kind: 'createTable', table });
          expect(await showCreate(session, name)).toBe(shown);
          expect(await dialect.inspect(session, {})).toEqual(before);
        }),
    );
  });

  describe(`${dialect.name}: many tables`, () => {
    test('a thousand are read in as many queries as one, and fast', () =>
      inDatabase(dialect, async ({ session }) => {
        for (let at = 0; at < 1000; at += 1)
          await session.run(
            `create table t${at} (id int auto_increment primary key, a varchar(20) default 'x', b int as (id_of) virtual, id_of int, key (a), check (id_of > 0))`,
          );
        let queries = 0;
        const counted: Session = {
          run: session.run,
          query: (sql, parameters) => ((queries += 1), session.query(sql, parameters)),
        };
        await dialect.inspect(counted, {});
        const start = performance.now();
        const schema = await dialect.inspect(counted, {});
        const all = performance.now() - start;
        expect(Object.keys(schema.tables)).toHaveLength(1000);
        expect(queries).toBe(dialect.name === 'mysql' ? 20 : 18);
        expect(all).toBeLessThan(3000);
        expect(Object.keys((await dialect.inspect(session, { tables: ['t5', 'nowhere'] })).tables)).toEqual(['t5']);
      }));
  });
}
