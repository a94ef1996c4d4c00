import { createHash } from 'node:crypto';

/** A changeset of a Liquibase file in formatted SQL. */
export interface Changeset {
  readonly author: string;
  readonly id: string;
  /** It says for which databases, contexts or labels it is, or what must hold before it: it may not be meant for all. */
  readonly isConditional: boolean;
  /** What its checksum is made of. */
  readonly sql: string;
  readonly endDelimiter: string | undefined;
  readonly splitStatements: boolean;
  readonly stripComments: boolean;
  /** It holds what Liquibase replaces or leaves out before it makes the checksum. */
  readonly isRewritten: boolean;
}

/** The changesets of a file in formatted SQL, in order; none in any other. */
export function readChangesets(text: string): readonly Changeset[] {
  if (!/^\s*--\s*liquibase\s+formatted/iu.test(text)) return [];
  const lines = text.split(/\r?\n/u);
  const heads = lines.flatMap((line, at) => (head.test(line) ? [at] : []));
  return heads.map((at, nth) => readChangeset(lines[at] ?? '', lines.slice(at + 1, heads[nth + 1])));
}

const head = /^\s*--\s*changeset\s+("[^"]+"|[^:]+):("[^"]+"|\S+)(.*)$/iu;
/** Lines that are not of the SQL. */
const said = /^\s*--\s*(?:rollback|comment|validchecksum|preconditions?\b|precondition-)/iu;
const rewriting = /^\s*--\s*(?:ignorelines|property)|\/\*\s*liquibase|\$\{/imu;

function readChangeset(line: string, body: readonly string[]): Changeset {
  const [, author = '', id = '', attributes = ''] = head.exec(line) ?? [];
  const attribute = (name: string): string | undefined =>
    new RegExp(`\\b${name}:("[^"]*"|\\S*)`, 'iu').exec(attributes)?.[1];
  const asks = body.some((said) => /^\s*--\s*preconditions?\b/iu.test(said));
  return {
    author: unquoted(author.trim()),
    id: unquoted(id),
    isConditional: asks || ['dbms', 'context', 'contextFilter', 'labels'].some((name) => attribute(name) !== undefined),
    sql: body.filter((text) => !said.test(text)).join('\n'),
    endDelimiter: attribute('endDelimiter'),
    splitStatements: attribute('splitStatements')?.toLowerCase() !== 'false',
    stripComments: attribute('stripComments')?.toLowerCase() !== 'false',
    isRewritten: rewriting.test(body.join('\n')),
  };
}

const unquoted = (text: string): string => text.replaceAll(/^"|"$/gu, '');

/**
 * Whether a changeset has the checksum of `MD5SUM`; `undefined` where that cannot be told. Version 8 (Liquibase 3.5 to 4.21)
 * and 9 (from 4.22), as Liquibase 4.4 and 4.28 make them: the sum of its one change, which is itself a sum of the SQL.
 */
export function hasChecksum(changeset: Changeset, md5sum: string): boolean | undefined {
  const [version = ''] = md5sum.split(':');
  const made = changeset.isRewritten ? undefined : sums[version]?.(changeset);
  return made === undefined ? undefined : `${version}:${md5(`${version}:${md5(made)}:`)}` === md5sum.toLowerCase();
}

/** What the SQL's own sum is made of. */
const sums: Readonly<Record<string, ((changeset: Changeset) => string) | undefined>> = {
  8: ({ sql, endDelimiter = 'null', splitStatements, stripComments }) =>
    `${endDelimiter}:${splitStatements}:${stripComments}:${trimmed(sql).replaceAll(/[ \n\r\t]+/gu, ' ')}`,
  9: ({ sql }) => sql.replaceAll(/[ \n\r\t]/gu, ''),
};

const trimmed = (text: string): string => text.replaceAll(/^[ \n\r\t]+|[ \n\r\t]+$/gu, '');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
