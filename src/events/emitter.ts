import type { Fact } from './facts.ts';

/** Takes a fact; never throws and never waits. */
export type Emit = (fact: Fact) => void;

/** One emitter for several readers, each told in turn. */
export function tellAll(readers: readonly Emit[]): Emit {
  return (fact) => {
    for (const read of readers) read(fact);
  };
}
