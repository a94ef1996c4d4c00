/** What a change means to rows and to the running application; policy decides by it. */
export type ChangeClass = 'additive' | 'widening' | 'rebuilding' | 'data-dependent' | 'destructive' | 'not-ours';

/** From harmless to harmful: several changes at once have the class of the worst. */
const ranks: Readonly<Record<ChangeClass, number>> = {
  additive: 0,
  widening: 1,
  rebuilding: 2,
  'data-dependent': 3,
  'not-ours': 4,
  destructive: 5,
};

/** The worse of two classes. */
export function worseClass(a: ChangeClass, b: ChangeClass): ChangeClass {
  return ranks[a] >= ranks[b] ? a : b;
}
