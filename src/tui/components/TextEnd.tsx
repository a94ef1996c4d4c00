import { createContext } from 'react';

/** Where a text tells how far down it can be scrolled: keys are read with that, so that none goes past its end. */
export const TextEnd = createContext<{ current: number | undefined }>({ current: undefined });
