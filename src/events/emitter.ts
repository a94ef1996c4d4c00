import type { Fact } from './facts.ts';

/** Takes a fact; never throws and never waits. */
export type Emit = (fact: Fact) => void;
