import type { EnumType, View } from '../../../src/schema/schema.ts';
import type { Operation } from '../../../src/operations/index.ts';
import { column, type Place } from '../place.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';
import { triggerOf, triggerOn } from './tables.ts';

const mood = ({ name }: Place, values: readonly string[] = ['sad', 'ok', "gl'ad"]): EnumType => ({
  name: name('mood'),
  values,
});
const used = (place: Place): (Operation | string)[] => [
  { kind: 'createEnum', enum: mood(place) },
  {
    kind: 'addColumn',
    table: place.table,
    column: column(
      'mood',
      { type: 'enum', values: mood(place).values, name: place.name('mood') },
      { default: { value: 'ok' } },
    ),
  },
];

const altered = (
  name: string,
  to: readonly string[],
  rest: Partial<LifeCycleCase<'alterEnum'>> = {},
): LifeCycleCase<'alterEnum'> => ({
  name,
  given: used,
  operation: (place) => ({ kind: 'alterEnum', name: place.name('mood'), from: mood(place).values, to }),
  ...rest,
});

const view = ({ name }: Place, definition: string, rest: Partial<View> = {}): View => ({
  name: name('view'),
  definition,
  ...rest,
});
const plain = (place: Place): View => view(place, `select id, name from ${place.table} where n > 0`);
const joined = (place: Place): View =>
  view(
    place,
    `select s.id as id, p.code as code from ${place.table} s join ${place.parent} p on p.id = s.parent_id where p.code <> 'it''s'`,
  );
const materialized = (place: Place): View => view(place, `select id, name from ${place.table}`, { materialized: true });
const viewVariants: readonly (readonly [string, (place: Place) => View])[] = [
  ['plain', plain],
  ['of two tables', joined],
  ['materialized', materialized],
];

const replaced = (
  name: string,
  to: (place: Place) => View,
  given: (place: Place) => readonly Operation[] = () => [],
): LifeCycleCase<'replaceView'> => ({
  name,
  given: (place) => [{ kind: 'createView', view: plain(place) }, ...given(place)],
  operation: (place) => ({ kind: 'replaceView', from: plain(place), to: to(place) }),
});

const space = ({ name }: Place): { namespace: string } => ({ namespace: name('space') });

export const objectCases = {
  createNamespace: [{ name: 'empty', operation: (place) => ({ kind: 'createNamespace', ...space(place) }) }],
  dropNamespace: [
    {
      name: 'empty',
      given: (place) => [{ kind: 'createNamespace', ...space(place) }],
      operation: (place) => ({ kind: 'dropNamespace', ...space(place) }),
    },
  ],
  createEnum: [{ name: 'three values', operation: (place) => ({ kind: 'createEnum', enum: mood(place) }) }],
  alterEnum: [
    altered('add at the end', ['sad', 'ok', "gl'ad", 'new']),
    altered('add at the front and between', ['first', 'sad', 'between', 'ok', "gl'ad"]),
    altered('remove one', ['ok', "gl'ad"], {
      given: (place) => [...used(place), `insert into ${place.child} (word) values ('moodless')`],
    }),
    altered('another order', ["gl'ad", 'ok', 'sad']),
  ],
  dropEnum: [
    {
      name: 'three values',
      given: (place) => [{ kind: 'createEnum', enum: mood(place) }],
      operation: (place) => ({ kind: 'dropEnum', enum: mood(place) }),
    },
  ],
  createView: viewVariants.map(([name, of]): LifeCycleCase<'createView'> => ({
    name,
    operation: (place) => ({ kind: 'createView', view: of(place) }),
  })),
  replaceView: [
    replaced('same columns', (place) => view(place, `select id, name from ${place.table} where n > 1`)),
    replaced('one column more', (place) => view(place, `select id, name, code from ${place.table}`)),
    replaced('other columns', (place) => view(place, `select code, n from ${place.table}`)),
    replaced(
      'that another view uses',
      (place) => view(place, `select id, name from ${place.table} where n > 2`),
      (place) => [
        { kind: 'createView', view: { name: place.name('top'), definition: `select id from ${place.name('view')}` } },
      ],
    ),
  ],
  dropView: viewVariants.map(([name, of]): LifeCycleCase<'dropView'> => ({
    name,
    given: (place) => [{ kind: 'createView', view: of(place) }],
    operation: (place) => ({ kind: 'dropView', view: of(place) }),
  })),
  createTrigger: [
    {
      name: 'for each row',
      given: (place) => triggerOn(place).slice(0, -1),
      operation: (place) => ({ kind: 'createTrigger', table: place.table, trigger: triggerOf(place) }),
    },
  ],
  dropTrigger: [
    {
      name: 'for each row',
      given: (place) => triggerOn(place),
      operation: (place) => ({ kind: 'dropTrigger', table: place.table, trigger: triggerOf(place) }),
    },
  ],
} satisfies Partial<LifeCycleCases>;
