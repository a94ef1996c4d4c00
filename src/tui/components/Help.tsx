import type { ReactNode } from 'react';
import { everywhere, keysOf } from '../keys.ts';
import { bodyHeight, type State } from '../state.ts';
import { fit } from '../text.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';

const filterHelp: readonly string[] = [
  '',
  'In the filter of the history: table:users  migration:auto  kind:addColumn  by:anna  since:2026-11-01',
];

/** All keys of the screen below. */
export function Help({ state }: { readonly state: State }): ReactNode {
  const { name } = state.screen;
  const hints = [...keysOf[name], ...everywhere, { key: 'Ctrl-C', does: 'quit; during a run: stop, after a question' }];
  const lines = hints.map(({ key, does }) => [{ text: fit(key, 14), bold: true }, does]);
  return (
    <Frame state={state} title={`Keys: ${name}`} keys="↑↓ scroll · any other key goes back">
      <Lines
        width={state.size.columns}
        height={bodyHeight(state)}
        scroll={state.help ?? 0}
        lines={[...lines, ...(name === 'history' ? filterHelp : [])]}
      />
    </Frame>
  );
}
