import type { DatabaseKind } from './databases.ts';

/** The least number of cases of a proof: the same on each database, or one for each that has the case at all. */
type Minimum = number | { readonly [K in DatabaseKind]?: number };

/**
 * What the full test run must have tried, by proof. A run that tried less fails.
 * A new proof is one line here and a call of `proof` in its test.
 */
export const proofMinimums = {
  'upgrade: state comes up with its rows': 8,
  'upgrade: half-applied state comes up with its rows': 1,
  'upgrade: state comes up whichever files have run': 46,
  'upgrade: migration files of the reference application': 2,
  'oracle sees a hand edit': 30,
  'convergence: single feature': { sqlite: 9, postgresql: 7, mariadb: 16, mysql: 16 },
  'convergence: random schema': 300,
  'convergence: after dump and restore': 10,
  // MySQL and MariaDB have no predicates on indexes.
  'convergence: hand edit is planned': { sqlite: 4, postgresql: 4, mariadb: 3, mysql: 3 },
  'operation life cycle': 25,
  'expected lock': 100,
  'properties P1 to P8': 100,
  // 40 names in the place of a table, column, index, constraint, default and comment; SQLite has no comments.
  'hostile name': { sqlite: 200, postgresql: 240, mariadb: 240, mysql: 240 },
  'race: process among 32, empty database': 32,
  'race: process among 32, half-old database': 32,
  'crash: killed run is finished by the next': 3,
  'drift: column dropped by hand is repaired': 1,
  'release: older, diverged and development releases': 5,
  'splitter: fuzzed script': 2500,
  'formats: fuzzed file name': 150,
  'place of an error': 18,
  'splitter: script on a real server': { sqlite: 3, postgresql: 5, mariadb: 6, mysql: 5 },
  'rollback: up, back and up again': 1,
  'rollback: losses are counted and need leave': 3,
  'rollback: what does not come back is said': 2,
  'rollback: what cannot succeed is refused before the first statement': 4,
  'rollback: by steps and by run': 3,
  'rollback: withdrawn, restored and newer releases': 4,
  'rollback: without models and migrations': 1,
  'rollback: SQL of a migration file': 3,
  'rollback: code of a migration file': 10,
  'crash: killed rollback is finished by the next': 3,
  'adopt: history of a tool': { sqlite: 11, postgresql: 10, mariadb: 10, mysql: 10 },
  'adopt: unfinished history': 8,
  'adopt: ownership': 4,
  'adopt: telling tools apart': 5,
  'adopt: history in another place': 2,
  'adopt: history of a tool, written by the tool': { sqlite: 6, postgresql: 8, mariadb: 7, mysql: 7 },
  'force-sync: half-done database is repaired': 3,
  'sequence: transactions of the EntityManager': 2,
  'sequence: EntityManager in doubt': 8,
  'sequence: format up, down and up again': 9,
  'sequence: file and automatic migration crossed': 7,
  'sequence: typed file meets a database': 10,
  'sequence: fresh database': 4,
  'sequence: repeatable file': 1,
  'sequence: merge order': 24,
  'sequence: changed file': 6,
  'sequence: crash between statements': 8,
  'sequence: statement in doubt': 3,
  'sequence: failing statement': 5,
  'sequence: crash in a way back': 2,
  'sequence: what files made': 3,
  'sequence: command line': 2,
  'sequence: files alone': 1,
  'sequence: edges': 5,
  'packaging: fresh clone and packed package': { sqlite: 2 },
} satisfies { readonly [name: string]: Minimum };

export type ProofName = keyof typeof proofMinimums;

/** The least number of cases of a proof on a database; undefined where the database does not have the case. */
export function proofMinimum(name: ProofName, database: DatabaseKind): number | undefined {
  const minimum: Minimum = proofMinimums[name];
  return typeof minimum === 'number' ? minimum : minimum[database];
}
