import { createContext, useContext } from 'react';

/** False where the environment asks for none (`NO_COLOR`). */
export const Colours = createContext(true);

export function useColours(): boolean {
  return useContext(Colours);
}
