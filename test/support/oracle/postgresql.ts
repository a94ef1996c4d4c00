import type { TestDatabase } from '../databases.ts';
import { dumpPostgres } from '../dump.ts';
import { DocumentBuilder } from './document.ts';
import type { OracleDocument } from './document.ts';
import { isWord, readTokens, spell, splitAtParentheses, splitTokens } from './sql-tokens.ts';
import type { Token } from './sql-tokens.ts';

/** Reads `pg_dump --schema-only`. Statements about a table, view or sequence go to it, all others to `database`. */
export async function readPostgresql(database: TestDatabase, ignored: ReadonlySet<string>): Promise<OracleDocument> {
  // No server here has a provider of security labels; to look for them takes a quarter of the dump.
  const schema = await dumpPostgres(database, ['--schema-only', '--no-security-labels']);
  // The key of \restrict is drawn anew for each dump.
  const dump = schema.replace(/^\\(un)?restrict .*$/gm, '');
  const statements = splitTokens(readTokens(dump, { backslash: false, doubleQuoted: 'name', dropComments: true }), ';');
  const builder = new DocumentBuilder();
  const named = new Map<string, Definition>();
  const texts = statements.map((tokens) => ({ tokens, text: spell(tokens) }));
  for (const statement of texts) rememberNames(named, statement);
  for (const { tokens, text } of texts) place(builder, named, { tokens, text });
  for (const { text } of texts) moveOwnedSequence(builder, text);
  for (const table of ignored) builder.take(`relation public.${table}`);
  return builder.build('postgresql');
}

/** What stands behind the name of an index or constraint. */
interface Definition {
  readonly relation: string;
  readonly line: string;
}

interface Statement {
  readonly tokens: readonly Token[];
  readonly text: string;
}

const name = '(?:"(?:[^"]|"")+"|[^\\s".(,;]+)';
const qualified = `${name}(?:\\.${name})?`;
const relationKinds = '(?:TABLE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|SEQUENCE)';
const createTable = re(`^CREATE (UNLOGGED |FOREIGN )?TABLE (${qualified})`);
const createIndex = re(`^CREATE (UNIQUE )?INDEX (${name}) ON (ONLY )?(${qualified}) (.*)$`);
const createOther = re(`^CREATE (?:VIEW|MATERIALIZED VIEW|SEQUENCE) (${qualified})`);
const createTrigger = re(`^CREATE (?:CONSTRAINT )?TRIGGER .*? ON (${qualified}) `);
const addConstraint = re(`^ALTER TABLE (?:ONLY )?(${qualified}) ADD CONSTRAINT (${name}) (.*)$`);
const alterIndex = re(`^ALTER INDEX (${qualified}) (.*)$`);
const alterRelation = re(`^ALTER ${relationKinds} (?:ONLY )?(${qualified}) (.*)$`);
const commentOnConstraint = re(`^COMMENT ON CONSTRAINT (${name}) ON (${qualified}) (IS .*)$`);
const commentOnIndex = re(`^COMMENT ON INDEX (${qualified}) (IS .*)$`);
const commentOnRelation = re(`^COMMENT ON (?:${relationKinds}|COLUMN|TRIGGER ${name} ON) (${qualified})`);
const useIndex = re(`^(CLUSTER ON|REPLICA IDENTITY USING INDEX|ATTACH PARTITION) (${qualified})$`);
const ownedSequence = re(`^ALTER SEQUENCE (${qualified}) OWNED BY (${qualified})\\.${name}$`);
// An identity's sequence is part of its column; a rename of the table leaves its name behind.
const identitySequence = re(`( AS IDENTITY \\() SEQUENCE NAME ${qualified}`);
const constraintName = re(`\\bCONSTRAINT ${name} (?=NOT NULL|CHECK)`);

function re(source: string): RegExp {
  return new RegExp(source, 's');
}

function rememberNames(named: Map<string, Definition>, { tokens, text }: Statement): void {
  const table = createTable.exec(text)?.[2];
  for (const part of table ? splitTokens(splitAtParentheses(tokens).body, ',') : []) {
    if (isWord(part[0], 'CONSTRAINT'))
      named.set(`constraint ${table} ${part[1]?.text}`, { relation: `${table}`, line: spell(part.slice(2)) });
  }
  const index = createIndex.exec(text);
  if (index) {
    const [, unique = '', own = '', only = '', relation = '', rest = ''] = index;
    named.set(`index ${schemaOf(relation)}${own}`, { relation, line: `${unique}INDEX ${only}${rest}` });
  }
  const constraint = addConstraint.exec(text);
  if (constraint) {
    const [, relation = '', own = '', rest = ''] = constraint;
    named.set(`constraint ${relation} ${own}`, { relation, line: rest });
    named.set(`index ${schemaOf(relation)}${own}`, { relation, line: rest });
  }
}

function place(builder: DocumentBuilder, named: ReadonlyMap<string, Definition>, { tokens, text }: Statement): void {
  const table = createTable.exec(text);
  if (table) return builder.add(`relation ${table[2]}`, ...tableLines(tokens, `CREATE ${table[1] ?? ''}TABLE`));
  const index = createIndex.exec(text);
  if (index) return builder.add(`relation ${index[4]}`, `${index[1] ?? ''}INDEX ${index[3] ?? ''}${index[5]}`);
  const constraint = addConstraint.exec(text);
  if (constraint) return builder.add(`relation ${constraint[1]}`, `${constraint[3]}`);
  const indexChange = alterIndex.exec(text);
  if (indexChange) return addToIndex(builder, named, `${indexChange[1]}`, `${indexChange[2]}`);
  const indexComment = commentOnIndex.exec(text);
  if (indexComment) return addToIndex(builder, named, `${indexComment[1]}`, `COMMENT ${indexComment[2]}`);
  const constraintComment = commentOnConstraint.exec(text);
  if (constraintComment) {
    const [, own, relation, comment] = constraintComment;
    return builder.add(
      `relation ${relation}`,
      `COMMENT ON ${named.get(`constraint ${relation} ${own}`)?.line ?? own} ${comment}`,
    );
  }
  const change = alterRelation.exec(text.replace(identitySequence, '$1'));
  if (change) return builder.add(`relation ${change[1]}`, withDefinition(named, `${change[1]}`, `${change[2]}`));
  const other = createOther.exec(text) ?? createTrigger.exec(text) ?? commentOnRelation.exec(text);
  builder.add(other ? `relation ${other[1]}` : 'database', text);
}

function tableLines(tokens: readonly Token[], kind: string): string[] {
  const { body, tail } = splitAtParentheses(tokens);
  const lines = splitTokens(body, ',').map((part) => spell(part).replace(constraintName, ''));
  return [...lines, `${kind} ${spell(tail)}`.trim()];
}

function addToIndex(
  builder: DocumentBuilder,
  named: ReadonlyMap<string, Definition>,
  own: string,
  change: string,
): void {
  const index = named.get(`index ${own}`);
  if (!index) return builder.add('database', `INDEX ${own} ${change}`);
  builder.add(`relation ${index.relation}`, `${index.line}: ${withDefinition(named, index.relation, change)}`);
}

/** The text with the definition of an index in place of its name. */
function withDefinition(named: ReadonlyMap<string, Definition>, relation: string, text: string): string {
  const used = useIndex.exec(text);
  const own = used?.[2] ?? '';
  const definition = named.get(`index ${own}`) ?? named.get(`index ${schemaOf(relation)}${own}`);
  return used && definition ? `${used[1]} ${definition.relation} ${definition.line}` : text;
}

/** A sequence that a column owns is part of the table. */
function moveOwnedSequence(builder: DocumentBuilder, text: string): void {
  const owned = ownedSequence.exec(text);
  if (owned)
    builder.add(
      `relation ${owned[2]}`,
      ...builder.take(`relation ${owned[1]}`).map((line) => `sequence ${owned[1]}: ${line}`),
    );
}

function schemaOf(relation: string): string {
  return re(`^(${name}\\.)${name}$`).exec(relation)?.[1] ?? '';
}
