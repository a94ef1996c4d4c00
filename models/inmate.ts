import { defineEntity, p, type EntityMetadata, type Platform } from '@mikro-orm/core';
import { autoId, dateTime } from './types/columns.ts';
import { isMySqlFamily } from './types/dialect.ts';
import { MediumText } from './types/medium-text.ts';

/** Someone on a jail's roster, once per arrest. See docs/adr/0002-unique-key-of-inmates.md for its unique keys. */
export const Inmate = defineEntity({
  name: 'Inmate',
  tableName: 'inmates',
  properties: {
    id: autoId().fieldName('idinmates'),
    name: p.string().length(255).index(),
    race: p.string().length(255).default('Unknown'),
    sex: p.string().length(255).default('Unknown'),
    cellBlock: p.string().length(255).nullable(),
    arrestDate: p.date().nullable().index(),
    heldForAgency: p.string().length(255).nullable(),
    mugshot: p.type(MediumText).$type<string>().nullable(),
    dob: p.string().length(255).default('Unknown'),
    holdReasons: p.text().default(''),
    isJuvenile: p.boolean().default(false),
    releaseDate: p.string().length(255).default(''),
    inCustodyDate: p.date(),
    lastSeen: dateTime().nullable().index(),
    jailId: p.string().length(255).index(),
    hideRecord: p.boolean().default(false),
    // Not `.nullable()`, though it can be NULL: MikroORM would write `virtual null`, which MariaDB does not parse.
    arrestHash: p
      .type(Buffer)
      .$type<Buffer | null>()
      .columnType('binary(32)')
      .fieldName('h')
      .generated(`(${arrestHashSql()}) virtual`)
      .hidden()
      .lazy(),
  },
  indexes: [{ properties: ['jailId', 'lastSeen'] }],
  uniques: [
    { name: 'unique_inmate_optimized', properties: ['jailId', 'arrestDate', 'name', 'dob', 'sex', 'race'] },
    { name: 'unique_inmate_hash', properties: ['jailId', 'arrestHash'] },
  ],
});

/** Leaves `inmates` the unique key that its database can hold, and the column for it. */
export function adaptInmate(inmate: EntityMetadata, platform: Platform): void {
  const hashed = isMySqlFamily(platform);
  const surplus = hashed ? 'unique_inmate_optimized' : 'unique_inmate_hash';
  inmate.uniques = inmate.uniques.filter((unique) => unique.name !== surplus);
  if (!hashed) inmate.removeProperty('arrestHash');
}

/**
 * SQL (MySQL, MariaDB) of the SHA-256 of an arrest: who, when. NULL when the arrest has no date: such rows never collide.
 * Each text is preceded by its length, so no two arrests share one concatenation. Letter case does not count.
 */
function arrestHashSql(): string {
  const texts = ['name', 'dob', 'sex', 'race'].map((column) => `char_length(\`${column}\`), ':', ${foldSql(column)}`);
  return `unhex(sha2(concat(\`arrest_date\`, ':', ${texts.join(', ')}), 256))`;
}

/** The text in lower case by one fixed table: neither the column's charset and collation nor the session's decide. */
function foldSql(column: string): string {
  return `lower(convert(\`${column}\` using utf8mb4) collate utf8mb4_unicode_ci)`;
}
