import type { DatabaseKind } from '../support/databases.ts';

/** A name that careless tools break on, and the databases that do not take it. */
export interface HostileName {
  readonly name: string;
  /** Where a database has rules against it: everywhere it is a name, or only as this kind of name. */
  readonly refusedOn?: { readonly [K in DatabaseKind]?: readonly Kind[] };
}

export type Kind = 'table' | 'column' | 'index' | 'constraint';

const everyKind: readonly Kind[] = ['table', 'column', 'index', 'constraint'];
/** Their catalogs keep three bytes of a character: https://dev.mysql.com/doc/refman/8.4/en/identifiers.html. */
const beyondBmp = { mysql: everyKind, mariadb: everyKind };
const endsWithSpace = { mysql: ['table', 'column', 'index'], mariadb: ['table', 'column', 'index'] } as const;

const plain = [
  `it's`,
  `''`,
  `say "x"`,
  `"`,
  '""',
  `"a"."b"`,
  'back`tick',
  '``',
  'a.b',
  '.lead',
  'trail.',
  '..',
  'two  spaces',
  ' leading space',
  '100%',
  '%s %d %I',
  'under_score',
  '_',
  'ques?tion',
  '$1',
  '$$',
  '$tag$',
  ':name',
  '@user',
  'back\\slash',
  '\\',
  `\\'`,
  'new\nline',
  'carriage\rreturn',
  'tab\ttab',
  '\u001b[31mred\u001b[0m',
  '\u0007bell\u0008',
  '-- comment',
  'a -- b',
  '/* comment */',
  '*/',
  '#hash',
  `; drop table canary; --`,
  `'; drop table canary; --`,
  '"; drop table canary; --',
  '`; drop table canary; --',
  'ünïcödé',
  '表名前',
  'اسم',
  '\u202etxt.exe',
  'e\u0301 combining',
  'zero\u200bwidth',
  'select',
  'group',
  'order',
  'user',
  'table',
  'null',
  'Twin',
  '__proto__',
  'constructor',
  'toString',
  '1st',
  '42',
  '(paren)',
  '[square]',
  '{curly}',
  '<b>&amp;</b>',
  'a,b',
  'a=b',
  '+1',
  "N'x'",
];

/** Names of every sort; none equals another but for case. */
export const hostileNames: readonly HostileName[] = [
  ...plain.map((name): HostileName => ({ name })),
  { name: '🙂 emoji', refusedOn: beyondBmp },
  { name: 'trailing space ', refusedOn: endsWithSpace },
  { name: 'sqlite_own', refusedOn: { sqlite: ['table', 'index'] } },
  { name: 'ctid', refusedOn: { postgresql: ['column'] } },
  { name: 'PRIMARY', refusedOn: { mysql: ['index'], mariadb: ['index', 'constraint'] } },
  { name: 'x'.repeat(63) },
  { name: `${'ü'.repeat(31)}1` },
];

/** Names that are too long or no names at all on a database, with the code that says so. */
export function impossibleNames(kind: DatabaseKind): readonly (readonly [name: string, code: string])[] {
  const tooLong = {
    sqlite: [],
    postgresql: ['x'.repeat(64), 'ü'.repeat(32)],
    mariadb: ['x'.repeat(65)],
    mysql: ['x'.repeat(65)],
  };
  return [...tooLong[kind].map((name) => [name, 'NAME_TOO_LONG'] as const), ['nul\u0000byte', 'NAME_FORBIDDEN']];
}

/** MikroORM 7.2.1 cannot have them as names of tables: it looks names up in objects that inherit them. */
export const inheritedNames: readonly string[] = ['__proto__', 'constructor', 'toString'];

/** The names of tables that MikroORM lets through: what stands before a point it takes for a schema. */
export function tableNamesFor(kind: DatabaseKind): readonly string[] {
  return namesFor(kind, 'table').filter(
    (name) => !inheritedNames.includes(name) && (kind === 'postgresql' || !name.includes('.')),
  );
}

/** The other names of tables, which only a Schema can have. */
export function unmappedNames(kind: DatabaseKind): readonly string[] {
  const mapped = new Set(tableNamesFor(kind));
  return namesFor(kind, 'table').filter((name) => !mapped.has(name));
}

/** The names that a database takes in this place. */
export function namesFor(kind: DatabaseKind, place: Kind): readonly string[] {
  return hostileNames.filter(({ refusedOn }) => !refusedOn?.[kind]?.includes(place)).map(({ name }) => name);
}

/** Another name that is the same but for what stands before it, no longer than the shortest limit. */
export function prefixed(prefix: string, name: string): string {
  let rest = [...name];
  while (Buffer.byteLength(prefix + rest.join('')) > 63) rest = rest.slice(0, -1);
  return prefix + rest.join('');
}
