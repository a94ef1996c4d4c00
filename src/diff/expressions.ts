import { canonicalJson } from '../schema/canonical.ts';
import type { LogicalType } from '../schema/logical-type.ts';
import type { Default, Index, Table } from '../schema/schema.ts';
import type { Types } from '../dialects/dialect.ts';
import { entryOf } from '../schema/entry-of.ts';

/** One expression of a table: where it stands, and its text. */
interface ExpressionAt {
  /** Its place, as `expressionPlace` spells it. */
  readonly object: string;
  readonly text: string;
}

/** Decides whether a model's expression and the catalog's text mean the same. */
export interface ExpressionJudge {
  isSame(object: string, wanted: string, found: string): boolean;
  /**
   * For a text of which the catalog tells only a part: true where it was the last that was written here, and the
   * database still reports what it then made of it. Where nothing is known of it, it is taken as equal, and reported.
   */
  isAsWritten(object: string, wanted: string, found: string): boolean;
  /** Tables and views for which `isSame` had to say no without being sure. */
  readonly doubtful: ReadonlySet<string>;
  /** Expressions that were taken as equal because the database cannot be asked. */
  readonly unverified: ReadonlySet<string>;
}

/** What was written for an object, and what the catalog then reported. */
export interface Spelling {
  readonly object: string;
  readonly wrote: string;
  readonly reported: string;
}

/** What a judge has learned, and where it must not guess. */
interface JudgeKnowledge {
  readonly spellings: readonly Spelling[];
  /** Tables and views whose expressions this database cannot be asked about: taken as equal, and reported. */
  readonly unaskable?: ReadonlySet<string>;
}

/** Compares canonically, then by what the database reported after the same text was written. */
export function createJudge(
  types: Pick<Types, 'canonicalExpression'>,
  { spellings: memory, unaskable }: JudgeKnowledge,
): ExpressionJudge {
  const reportedAs = indexSpellings(types, memory);
  const doubtful = new Set<string>();
  const unverified = new Set<string>();
  const judge = (object: string, wanted: string, found: string): boolean => {
    if (types.canonicalExpression(wanted) === types.canonicalExpression(found)) return true;
    const mine = reachable(types, reportedAs, object, wanted);
    const theirs = reachable(types, reportedAs, object, found);
    if ([...theirs].some((text) => mine.has(text))) return true;
    const { table } = readExpressionPlace(object);
    if (unaskable?.has(table)) {
      unverified.add(object);
      return true;
    }
    doubtful.add(table);
    return false;
  };
  const isAsWritten = (object: string, wanted: string, found: string): boolean => {
    const last = memory.findLast((spelling) => spelling.object === object);
    const isEqual = (a: string, b: string): boolean => types.canonicalExpression(a) === types.canonicalExpression(b);
    if (last) return isEqual(last.wrote, wanted) && isEqual(last.reported, found);
    unverified.add(object);
    return true;
  };
  return { doubtful, unverified, isSame: judge, isAsWritten };
}

type Reported = ReadonlyMap<string, readonly string[]>;

function indexSpellings(types: Pick<Types, 'canonicalExpression'>, memory: readonly Spelling[]): Reported {
  const reportedAs = new Map<string, string[]>();
  for (const { object, wrote, reported } of memory) {
    const key = textAt(object, types.canonicalExpression(wrote));
    reportedAs.set(key, [...(reportedAs.get(key) ?? []), reported]);
  }
  return reportedAs;
}

/** One key for a place and a text: a place ends where its JSON does. */
function textAt(object: string, canonical: string): string {
  return `${object} ${canonical}`;
}

/** Every canonical text that one text is known to be reported as, over several rewritings. */
function reachable(
  types: Pick<Types, 'canonicalExpression'>,
  reportedAs: Reported,
  object: string,
  text: string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (next: string): void => {
    const canonical = types.canonicalExpression(next);
    if (seen.has(canonical)) return;
    seen.add(canonical);
    for (const spelling of reportedAs.get(textAt(object, canonical)) ?? []) visit(spelling);
  };
  visit(text);
  return seen;
}

/** What of a table or view an expression is; a trigger's name stands for a column. The expressions of one facet that has no column share their spellings. */
type Facet = 'default' | 'generated' | 'check' | 'where' | 'part' | 'onUpdate' | 'view' | 'trigger';

/** The place of an expression as JSON, which no name can make ambiguous: `["monitors","default","score"]`. */
export function expressionPlace(table: string, facet: Facet, column?: string): string {
  return JSON.stringify(column === undefined ? [table, facet] : [table, facet, column]);
}

/** What `expressionPlace` was given. */
export function readExpressionPlace(object: string): { table: string; facet: Facet; column?: string } {
  const [table, facet, column] = JSON.parse(object) as [string, Facet, string?];
  return { table, facet, ...(column !== undefined && { column }) };
}

/** Every expression of a table, paired by object so that two readings of one table can be matched. */
function expressionsOf(table: Table): (ExpressionAt & { readonly id: string })[] {
  const columns = Object.values(table.columns).flatMap((column) => [
    ...(column.default && ('sql' in column.default || ('value' in column.default && mayRespellLiteral(column.type)))
      ? [
          {
            id: `default ${column.name}`,
            object: expressionPlace(table.name, 'default', column.name),
            text: defaultText(column.default),
          },
        ]
      : []),
    ...(column.generated
      ? [
          {
            id: `generated ${column.name}`,
            object: expressionPlace(table.name, 'generated', column.name),
            text: column.generated.expression,
          },
        ]
      : []),
  ]);
  const checks = table.checks.map(({ name, expression }) => ({
    id: `check ${name}`,
    object: expressionPlace(table.name, 'check'),
    text: expression,
  }));
  const triggers = table.triggers.map(({ name, definition }) => ({
    id: `trigger ${name}`,
    object: expressionPlace(table.name, 'trigger', name),
    text: definition,
  }));
  return [...columns, ...checks, ...triggers, ...table.indexes.flatMap((index) => indexExpressions(table.name, index))];
}

/** The spellings to remember after `wanted` was written and the catalog reported `found`. */
export function spellings(wanted: Table, found: Table): Spelling[] {
  const reported = new Map(expressionsOf({ ...found, name: wanted.name }).map((item) => [item.id, item.text]));
  return expressionsOf(wanted).flatMap(({ id, object, text }) => {
    const after = reported.get(id) ?? otherDefault(found, id);
    return after === undefined || after === text ? [] : [{ object, wrote: text, reported: after }];
  });
}

/** True for types of which a database reports a literal in its own form: a date, an address, a number with a fraction. */
export function mayRespellLiteral({ type }: LogicalType): boolean {
  return type !== 'string' && type !== 'text' && type !== 'enum' && type !== 'integer' && type !== 'boolean';
}

/** A default as text that can be compared, whatever its form. */
export function defaultText(value: Default): string {
  if ('sql' in value) return typeof value.sql === 'string' ? value.sql : canonicalJson(value.sql);
  if ('now' in value) return 'current_timestamp';
  return canonicalJson(value.value);
}

// An expression that the database simplified to a literal is reported in another form.
function otherDefault(found: Table, id: string): string | undefined {
  if (!id.startsWith('default ')) return undefined;
  const value = entryOf(found.columns, id.slice('default '.length))?.default;
  return value && defaultText(value);
}

function indexExpressions(table: string, index: Index): (ExpressionAt & { id: string })[] {
  const parts = index.parts.flatMap(({ expression }, at) =>
    expression === undefined
      ? []
      : [{ id: `part ${index.name} ${at}`, object: expressionPlace(table, 'part'), text: expression }],
  );
  if (index.where === undefined) return parts;
  return [...parts, { id: `where ${index.name}`, object: expressionPlace(table, 'where'), text: index.where }];
}
