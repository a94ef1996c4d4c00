import type { Dialect } from '../dialects/dialect.ts';
import type { ObjectRef } from './difference.ts';
import type { ExpressionJudge } from './expressions.ts';

/** What a comparison needs to know besides the two schemas. */
export interface DiffContext {
  readonly dialect: Pick<Dialect, 'traits' | 'types' | 'lexis'>;
  readonly expressions: ExpressionJudge;
  /** True for objects that the log says we made or adopted. */
  isOurs(object: ObjectRef): boolean;
  readonly renames: Renames;
}

/** Declared renames: new name → old name, or `false` for a column that is new. Never guessed. */
export interface Renames {
  readonly tables: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, Readonly<Record<string, string | false>>>>;
  /** A person is there to be asked whether a column that is not ours is the old one of a column that comes. */
  readonly asksOfStrangers?: boolean;
}
