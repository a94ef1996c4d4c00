import type { ReactNode } from 'react';
import { everywhere, hintsOf, placeOfKeys } from '../keys.ts';
import { bodyHeight, type State } from '../state.ts';
import { fit } from '../text.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';

const filterHelp: readonly string[] = [
  '',
  'In the filter of the history: table:users  migration:auto  kind:addColumn  by:anna  since:2026-11-01',
];

/** All keys of the screen below, or of what is open over it. */
export function Help({ state }: { readonly state: State }): ReactNode {
  const { name } = state.screen;
  const where = placeOfKeys(state.screen);
  const hints = [
    ...hintsOf(where),
    ...everywhere,
    { key: 'Ctrl-C', does: 'quit; during a run: stop, after a question' },
  ];
  const lines = hints.map(({ key, does }) => [{ text: fit(key, 14), bold: true }, does]);
  return (
    <Frame
      state={state}
      title={`Keys: ${name}${where === name ? '' : `, ${where}`}`}
      keys="↑↓ scroll · any other key goes back"
    >
      <Lines
        width={state.size.columns}
        height={bodyHeight(state)}
        scroll={state.help ?? 0}
        lines={[...lines, ...(where === 'history' ? filterHelp : [])]}
      />
    </Frame>
  );
}
