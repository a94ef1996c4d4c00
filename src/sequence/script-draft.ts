import type { Lexis } from '../schema/expression.ts';
import { MigrateError } from '../errors.ts';
import { readDirective, type Directive, type Refuse, type SectionName, type SectionOptions } from './directive.ts';
import type { ScriptPiece } from './read-script.ts';
import type { Expectation, Place, ScriptStep, When } from './script.ts';
import { splitScript } from './split-script.ts';
import { classOfStatement } from './statement-class.ts';

/** What the text of an SQL file is read with. */
export interface SqlFileContext {
  readonly lexis: Lexis;
  /** Told where the file is refused. */
  readonly path: string;
  /** The one section that the file holds where it is of a pair; both may be in it by default. */
  readonly only?: SectionName;
}

/** One section of an SQL file, its steps in their order. */
export interface Section {
  readonly options: SectionOptions;
  readonly steps: ScriptStep[];
}

/** An SQL file as it is read, before it is known what its transaction forbids. */
export interface Draft {
  readonly up: Section;
  readonly down?: Section;
  readonly when?: When;
  /** Runs without a transaction. */
  readonly isPlain: boolean;
}

/** A draft while it is read. */
interface Reading {
  readonly context: SqlFileContext;
  readonly sections: { [name in SectionName]?: Section };
  current: Section | undefined;
  when: When;
  isPlain: boolean;
  /** Where a statement between marks begins. */
  begun: Place | undefined;
  /** The condition that the next statement must fulfil. */
  after: (Expectation & { readonly place: Place }) | undefined;
}

/** Puts statements into sections and does what the marks say. Throws MIGRATION_DOES_NOT_LOAD. */
export function readDraft(pieces: readonly ScriptPiece[], context: SqlFileContext): Draft {
  const reading: Reading = {
    context,
    sections: {},
    current: undefined,
    when: {},
    isPlain: false,
    begun: undefined,
    after: undefined,
  };
  const marks = pieces.filter((piece) => piece.kind === 'mark');
  const hasSections = marks.some(({ text, place }) => readDirective(text, refuseAt(context, place)).kind === 'section');
  if (!hasSections) openSection(reading, context.only ?? 'up', {});
  for (const piece of pieces) readPiece(reading, piece);
  refuseUnused(reading);
  if (reading.begun) refuseAt(context, reading.begun)('the statement that begins here has no end');
  const { up, down } = reading.sections;
  if (!up && context.only !== 'down' && hasSections)
    refuseAt(context, marks[0]?.place ?? { line: 1, column: 1 })('there is no section `-- migrate:up`');
  return {
    up: up ?? { options: {}, steps: [] },
    ...(down && { down }),
    ...(Object.keys(reading.when).length > 0 && { when: reading.when }),
    isPlain: reading.isPlain,
  };
}

function readPiece(reading: Reading, piece: ScriptPiece): void {
  const refuse = refuseAt(reading.context, piece.place);
  if (piece.kind === 'unclosed') return refuse('the comment that begins here has no end');
  if (piece.kind === 'statement') return takeStatement(reading, piece, refuse);
  const directive = readDirective(piece.text, refuse);
  if (directive.kind !== 'begin') refuseUnused(reading);
  takers[directive.kind](reading, directive as never, { refuse, place: piece.place });
}

interface At {
  readonly refuse: Refuse;
  readonly place: Place;
}

type DirectiveOf<K extends Directive['kind']> = Extract<Directive, { readonly kind: K }>;
type Expecting = Extract<Directive, { readonly query: string }>;

const takers: {
  readonly [K in Directive['kind']]: (
    reading: Reading,
    directive: K extends 'expect' | 'after' ? Expecting : DirectiveOf<K>,
    at: At,
  ) => void;
} = {
  section(reading, { section, options }, { refuse }) {
    const { only } = reading.context;
    if (only && only !== section) refuse(`the section ${section} belongs into the other file of the pair`);
    if (reading.sections[section]) refuse(`the section ${section} is there twice`);
    if (section === 'down' && (options.data !== undefined || options.class !== undefined))
      refuse('`data` and `class` belong to the section up');
    openSection(reading, section, options);
  },
  'no transaction'(reading) {
    reading.isPlain = true;
  },
  when(reading, { when }, { refuse }) {
    if (Object.keys(when).some((key) => key in reading.when)) refuse('the same condition is there twice');
    reading.when = { ...reading.when, ...when };
  },
  expect(reading, directive, { refuse }) {
    const expectation = readExpectation(reading, directive, refuse);
    if (!reading.current)
      return refuse('an expectation stands before the first section: begin one with `-- migrate:up`');
    if (reading.current === reading.sections.down) return refuse('an expectation belongs to the section up');
    reading.current.steps.push({ kind: 'expect', expectation });
  },
  after(reading, directive, { refuse, place }) {
    reading.after = { ...readExpectation(reading, directive, refuse), place };
  },
  begin(reading, _, { place }) {
    reading.begun = place;
  },
  end(reading, _, { refuse }) {
    if (!reading.begun) refuse('a statement ends here that has no beginning');
    reading.begun = undefined;
  },
  nothing() {},
};

function openSection(reading: Reading, name: SectionName, options: SectionOptions): void {
  reading.current = reading.sections[name] = { options, steps: [] };
}

function takeStatement(reading: Reading, { text, place }: ScriptPiece, refuse: Refuse): void {
  const { current, after, context } = reading;
  if (!current) return refuse('a statement stands before the first section: begin one with `-- migrate:up`');
  reading.after = undefined;
  current.steps.push({
    kind: 'statement',
    text,
    place,
    ...(after && { after: { sql: after.sql, rows: after.rows } }),
    declared: current.options.class ?? classOfStatement(text, context.lexis),
  });
}

function readExpectation({ context }: Reading, { rows, query }: Expecting, refuse: Refuse): Expectation {
  const [statement, ...others] = splitScript(query, context.lexis);
  if (!statement || others.length > 0) return refuse('here belongs one query, on this line');
  return { sql: statement.text, rows };
}

/** A condition that no statement follows would never be asked. */
function refuseUnused({ after, context }: Reading): void {
  if (after) refuseAt(context, after.place)('no statement follows directly that this could be the condition of');
}

/** Refuses a file at a place of it. */
export function refuseAt({ path }: SqlFileContext, { line, column }: Place): Refuse {
  return (message) => {
    throw new MigrateError('MIGRATION_DOES_NOT_LOAD', { path, where: `${line}:${column}`, message });
  };
}
