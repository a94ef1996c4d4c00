import { Box } from 'ink';
import type { ReactNode } from 'react';
import { nameToType } from '../confirmation.ts';
import type { State } from '../state.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { Line } from './Line.tsx';

export interface FrameProps {
  readonly state: State;
  readonly title: string;
  /** Keys of the screen, as its last line tells them. */
  readonly keys: string;
  readonly children: ReactNode;
}

/** Head, body and foot of every screen: what it is, what is waited for or was just said, and the keys. */
export function Frame({ state, title, keys, children }: FrameProps): ReactNode {
  const { columns } = state.size;
  return (
    <Box flexDirection="column" width={columns}>
      <Line width={columns} parts={[{ text: title, bold: true }, ...placeParts(state)]} />
      {children}
      <ActivityLine state={state} />
      <Line width={columns} parts={[{ text: keys, dim: true }]} />
    </Box>
  );
}

function placeParts(
  state: State,
): readonly { readonly text: string; readonly dim?: boolean; readonly colour?: 'red' | 'magenta' }[] {
  const { place } = state;
  if (!place) return [];
  const { database, environment } = place;
  return [
    { text: `  ${nameToType(database)}`, dim: true },
    ...(environment === undefined
      ? []
      : [
          {
            text: `  ${environment.toUpperCase()}`,
            colour: environment === 'production' ? ('red' as const) : ('magenta' as const),
          },
        ]),
  ];
}
