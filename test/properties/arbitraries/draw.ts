import fc from 'fast-check';

// What is drawn: plain choices, so that they shrink well. `build.ts` and `edits.ts` make models of them.

export interface DrawnColumn {
  readonly name: string;
  readonly kind: string;
  readonly nullable: boolean;
  readonly default: number | null;
  readonly generated: { readonly of: number; readonly template: number; readonly stored: boolean } | null;
  readonly comment: string | null;
}

export interface DrawnIndex {
  readonly name: string;
  readonly columns: readonly number[];
  readonly unique: boolean;
  readonly descending: boolean;
  readonly partial: boolean;
  readonly expression: boolean;
  readonly include: boolean;
}

export interface DrawnReference {
  readonly name: string;
  readonly table: number;
  readonly nullable: boolean;
  readonly onDelete: number;
  readonly onUpdate: number;
  readonly deferrable: boolean;
  readonly indexed: boolean;
}

export interface DrawnTable {
  readonly name: string;
  readonly key: 'numbered' | 'big' | 'integer' | 'string' | 'uuid' | 'composite';
  readonly columns: readonly DrawnColumn[];
  readonly indexes: readonly DrawnIndex[];
  readonly checks: readonly { readonly name: string; readonly column: number; readonly template: number }[];
  readonly references: readonly DrawnReference[];
  readonly comment: string | null;
}

export interface DrawnSchema {
  readonly constraints: boolean;
  readonly tables: readonly DrawnTable[];
  readonly views: readonly { readonly name: string; readonly table: number; readonly columns: readonly number[] }[];
}

export const gentleEdits = [
  'addColumn',
  'addIndex',
  'dropIndex',
  'addCheck',
  'dropCheck',
  'setDefault',
  'setComment',
  'renameColumn',
  'widenType',
  'allowNull',
  'addTable',
  'renameTable',
  'addReference',
  'dropReference',
  'changeActions',
  'changeIndex',
  'addGenerated',
  'changeGenerated',
  'tableComment',
  'addEnumValue',
  'addView',
] as const;
export const roughEdits = [
  'dropColumn',
  'dropTable',
  'changeType',
  'forbidNull',
  'changeCheck',
  'changeKey',
  'dropEnumValue',
  'changeView',
  'dropView',
  'changeUnique',
  'addRequired',
] as const;
export type EditKind = (typeof gentleEdits)[number] | (typeof roughEdits)[number];

export interface DrawnEdit {
  readonly kind: EditKind;
  readonly table: number;
  readonly item: number;
  readonly choice: number;
  readonly column: DrawnColumn;
  readonly index: DrawnIndex;
  readonly reference: DrawnReference;
  readonly fresh: DrawnTable;
}

const plainNames = ['a', 'b', 'name', 'total', 'created_at', 'value'] as const;
const hostileNames = [
  'select',
  'order',
  'group',
  'user',
  'Upper',
  'two words',
  "it's",
  'say "x"',
  'back`tick',
  'dot.ted',
  '%s',
  'a?b',
  ':a',
  '$1',
  'semi;',
  '--',
  '/*',
  'Ünïcode',
  '漢字',
  'back\\',
  'tab\there',
  'new\nline',
  '(x)',
  '[x]',
  '{x}',
  'comma,x',
  '1st',
  'x'.repeat(55),
  'é'.repeat(25),
  'ſ',
  'constructor',
  'null',
  'default',
  "');",
] as const;

/** A name; one in five is a hostile one. */
export const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...plainNames) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
);

const comment = fc.option(fc.constantFrom('note', "it's", 'a\\b "c"', 'line\nbreak', '% ? é'), { freq: 3, nil: null });
const number = fc.nat(99);

const column = (kinds: readonly string[]): fc.Arbitrary<DrawnColumn> =>
  fc.record({
    name,
    kind: fc.constantFrom(...kinds),
    nullable: fc.boolean(),
    default: fc.option(number, { nil: null }),
    generated: fc.option(fc.record({ of: number, template: number, stored: fc.boolean() }), { freq: 7, nil: null }),
    comment,
  });

const index: fc.Arbitrary<DrawnIndex> = fc.record({
  name,
  columns: fc.array(number, { minLength: 1, maxLength: 2 }),
  unique: fc.boolean(),
  descending: rarely(),
  partial: rarely(),
  expression: rarely(),
  include: rarely(),
});

const reference: fc.Arbitrary<DrawnReference> = fc.record({
  name,
  table: number,
  nullable: fc.boolean(),
  onDelete: number,
  onUpdate: number,
  deferrable: rarely(),
  indexed: fc.boolean(),
});

const table = (kinds: readonly string[], columns: number): fc.Arbitrary<DrawnTable> =>
  fc.record({
    name,
    key: fc.constantFrom('numbered', 'integer', 'big', 'string', 'uuid', 'composite'),
    columns: fc.array(column(kinds), { minLength: 1, maxLength: columns }),
    indexes: fc.array(index, { maxLength: 2 }),
    checks: fc.array(fc.record({ name, column: number, template: number }), { maxLength: 1 }),
    references: fc.array(reference, { maxLength: 2 }),
    comment,
  });

/** A schema of one to three tables with columns of these kinds. */
export const drawnSchema = (kinds: readonly string[]): fc.Arbitrary<DrawnSchema> =>
  fc.record({
    constraints: fc.boolean(),
    tables: fc.array(table(kinds, 4), { minLength: 1, maxLength: 3 }),
    views: fc.array(fc.record({ name, table: number, columns: fc.array(number, { minLength: 1, maxLength: 3 }) }), {
      maxLength: 1,
      size: 'xsmall',
    }),
  });

/** One to six edits; about half of the lists destroy nothing. */
export const drawnEdits = (kinds: readonly string[]): fc.Arbitrary<readonly DrawnEdit[]> => {
  const edits = (list: readonly EditKind[]) =>
    fc.array(
      fc.record({
        kind: fc.constantFrom(...list),
        table: number,
        item: number,
        choice: number,
        column: column(kinds),
        index,
        reference,
        fresh: table(kinds, 2),
      }),
      { minLength: 1, maxLength: 6 },
    );
  return fc.oneof(edits(gentleEdits), edits([...gentleEdits, ...roughEdits, ...roughEdits]));
};

function rarely(): fc.Arbitrary<boolean> {
  return number.map((at) => at % 4 === 3);
}
