import type { ChangeClass } from '../operations/change-class.ts';

/** Colours of the terminal's own palette, which is made for its background; never white, black, grey or yellow. */
export type Colour = 'green' | 'cyan' | 'blue' | 'magenta' | 'red';

/** What a class of changes is shown with. The circles are two columns wide in every terminal. */
export const classMarks: { readonly [class_ in ChangeClass]: { readonly icon: string; readonly colour?: Colour } } = {
  additive: { icon: '🟢', colour: 'green' },
  widening: { icon: '🔵', colour: 'cyan' },
  rebuilding: { icon: '🟣', colour: 'magenta' },
  'data-dependent': { icon: '🟡', colour: 'magenta' },
  destructive: { icon: '🔴', colour: 'red' },
  'not-ours': { icon: '⚪' },
};

/** What a class means to rows and to those who use the table, and what to do where that is not wanted. */
export const classMeanings: {
  readonly [class_ in ChangeClass]: { readonly means: string; readonly safeWay?: string };
} = {
  additive: { means: 'adds something; no row changes its meaning' },
  widening: { means: 'every value that is there stays valid' },
  rebuilding: {
    means: 'copies the table; others wait while it runs',
    safeWay: 'run it when few use the table, or leave it out now (space)',
  },
  'data-dependent': {
    means: 'works only where the rows allow it; they were asked, and they do',
    safeWay: 'old releases must not write rows that break it',
  },
  destructive: {
    means: 'values are gone afterwards; the way back restores structure only',
    safeWay: 'leave it out until no release reads the values, and keep a backup',
  },
  'not-ours': { means: 'something else made it; it is reported and left alone' },
};
