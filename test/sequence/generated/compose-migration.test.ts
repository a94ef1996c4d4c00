import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../src/config/options.ts';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import { loadDialect } from '../../../src/dialects/index.ts';
import type { Renames } from '../../../src/diff/index.ts';
import { describeOperation, type Operation } from '../../../src/operations/index.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { composeMigration } from '../../../src/sequence/generated/compose-migration.ts';
import {
  connectedOperations,
  presumedChanges,
  presumedOperations,
  type Wishes,
} from '../../../src/sequence/generated/difference-on.ts';
import type { GeneratedMigration } from '../../../src/sequence/generated/generated-migration.ts';
import { schemaAfter } from '../../../src/sequence/generated/schema-before.ts';
import { writeMigrationFile } from '../../../src/sequence/generated/write-migration-file.ts';
import { schemaFor } from '../../../src/sequence/schema-by-dialect.ts';
import { renamesOf } from '../../../src/stages/survey.ts';
import { buildModel } from '../../properties/arbitraries/build.ts';
import { drawnEdits, drawnSchema } from '../../properties/arbitraries/draw.ts';
import { applyEdit } from '../../properties/arbitraries/edits.ts';
import { kindsOf } from '../../properties/arbitraries/kinds.ts';
import type { Model } from '../../properties/arbitraries/model.ts';
import { renderModel } from '../../properties/arbitraries/render.ts';
import { optionsBetween } from '../../properties/between.ts';
import { evaluate, operationsOn } from './support/evaluate.ts';

const names = ['mysql', 'mariadb', 'postgresql', 'sqlite'] as const;
type Name = (typeof names)[number];

const common = kindsOf('sqlite').filter((kind) => names.every((name) => kindsOf(name).includes(kind)));
const drawn = fc.sample(fc.tuple(drawnSchema(common), drawnEdits(common)), { numRuns: 150, seed: 7 });
const models = drawn.map(([schema, edits]) => {
  const a = buildModel(schema);
  return { a, b: edits.reduce((model, edit) => applyEdit(model, edit, common), a) };
});
const dialects = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await loadDialect(name)] as const)),
) as { readonly [name in Name]: Dialect };

describe.each(names)('drawn models, generated on %s', (name) => {
  const cases = models.flatMap(({ a, b }) => generated(name, a, b));

  it('lead this database to its models', () => {
    expect(cases.length).toBeGreaterThan(90);
    for (const { a, b, migration } of cases) expect(leftOn(name, { a, b, migration })).toEqual([]);
  });

  it('lead the others there but for what this one cannot see', () => {
    const whole = cases.filter((item) => names.every((other) => leftOn(other, item).length === 0));
    expect(whole.length / cases.length).toBeGreaterThan(0.75);
  });

  it('are written as exactly what they are', async () => {
    for (const { migration } of cases.slice(0, 40)) {
      const definition = await evaluate(writeMigrationFile(migration));
      expect(definition.description).toBe(migration.description);
      for (const other of names) {
        expect(operationsOn(other, definition)).toEqual(operationsFor(other, migration));
        expect(schemaFor(other, definition.to)).toEqual(schemaFor(other, migration.to));
        expect(schemaFor(other, definition.from)).toEqual(schemaFor(other, migration.from));
      }
    }
  });

  it('begin at `from` and end at `to`', () => {
    for (const { migration } of cases) {
      const [from, to] = [schemaFor(name, migration.from), schemaFor(name, migration.to)];
      const after = operationsFor(name, migration).reduce(
        (schema, item) => schemaAfter(schema, item, dialects[name]),
        from,
      );
      expect(between(name, after, to)).toEqual([]);
    }
  });
});

interface Case {
  readonly a: Model;
  readonly b: Model;
  readonly migration: GeneratedMigration;
}

function generated(name: Name, a: Model, b: Model): readonly Case[] {
  const options = readOptions({ tables: optionsBetween(a, b, name) }, 'test');
  const wishes: Wishes = { renames: renamesOf({ options }), backfillFor: () => () => undefined };
  const changes = between(name, renderModel(a, name), renderModel(b, name), wishes.renames);
  if (changes.length === 0) return [];
  const connected = connectedOperations({ dialect: dialects[name], desired: renderModel(b, name) }, changes, wishes);
  const others = names
    .filter((other) => other !== name)
    .map((other) =>
      presumedOperations({ dialect: dialects[other], desired: renderModel(b, other) }, connected, wishes),
    );
  return [{ a, b, migration: composeMigration('drawn', [connected, ...others]) }];
}

/** What still separates a database that really was at A from B after the operations. */
function leftOn(name: Name, { a, b, migration }: Case): readonly string[] {
  const after = operationsFor(name, migration).reduce(
    (schema, operation) => schemaAfter(schema, operation, dialects[name]),
    renderModel(a, name),
  );
  return between(name, after, renderModel(b, name)).map(describeOperation);
}

function between(name: Name, from: Schema, to: Schema, renames?: Renames): readonly Operation[] {
  return presumedChanges(to, from, { side: { dialect: dialects[name] }, ...(renames && { renames }) });
}

function operationsFor(name: Name, { items }: GeneratedMigration): readonly Operation[] {
  return items.flatMap(({ operations }) =>
    operations.kind === 'same' ? operations.value : (operations.values.get(name) ?? []),
  );
}
