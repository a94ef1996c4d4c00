import { Static, useInput, useIsScreenReaderEnabled, usePaste } from 'ink';
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { Colours } from './components/Colours.tsx';
import { Help } from './components/Help.tsx';
import { LogLine } from './components/LogLine.tsx';
import { TextEnd } from './components/TextEnd.tsx';
import { readKeys, readPaste, type KeyPress } from './key-press.ts';
import { ConfirmScreen } from './screens/confirm/ConfirmScreen.tsx';
import { HistoryScreen } from './screens/history/HistoryScreen.tsx';
import { OverviewScreen } from './screens/overview/OverviewScreen.tsx';
import { PlanScreen } from './screens/plan/PlanScreen.tsx';
import { ProgressScreen } from './screens/progress/ProgressScreen.tsx';
import { QuestionsScreen } from './screens/questions/QuestionsScreen.tsx';
import { ResultScreen } from './screens/result/ResultScreen.tsx';
import { RollbackScreen } from './screens/rollback/RollbackScreen.tsx';
import type { Store } from './store.ts';
import type { State } from './state.ts';

export interface AppProps {
  readonly store: Store;
  readonly hasColours: boolean;
  /** Only the log, no screen: for the moment in which the terminal gets another size. */
  readonly isBlank: boolean;
}

/** The whole interface: the log that scrolls away, and the screen below it. */
export function App({ store, hasColours, isBlank }: AppProps): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.read);
  const isRead = useIsScreenReaderEnabled();
  const textEnd = useRef<number>(undefined);
  const press = (presses: readonly KeyPress[]): void => {
    const { current: end } = textEnd;
    for (const each of presses) store.send({ kind: 'key', press: each, ...(end !== undefined && { textEnd: end }) });
  };
  useInput((input, key) => press(readKeys(input, key)));
  usePaste((text) => press(readPaste(text)));
  useEffect(() => store.tickEvery(isRead ? 10_000 : 100), [store, isRead]);
  return (
    <Colours value={hasColours}>
      <Static items={state.log as string[]}>
        {(line, at) => <LogLine key={at} text={line} width={state.size.columns} />}
      </Static>
      <TextEnd value={textEnd}>{!isBlank && <CurrentScreen state={state} />}</TextEnd>
    </Colours>
  );
}

/** The screen that a state asks for. */
export function CurrentScreen({ state }: { readonly state: State }): ReactNode {
  const { screen } = state;
  if (state.help !== undefined) return <Help state={state} />;
  switch (screen.name) {
    case 'overview':
      return <OverviewScreen state={state} screen={screen} />;
    case 'plan':
      return <PlanScreen state={state} screen={screen} />;
    case 'questions':
      return <QuestionsScreen state={state} screen={screen} />;
    case 'confirm':
      return <ConfirmScreen state={state} screen={screen} />;
    case 'progress':
      return <ProgressScreen state={state} screen={screen} />;
    case 'result':
      return <ResultScreen state={state} screen={screen} />;
    case 'history':
      return <HistoryScreen state={state} screen={screen} />;
    case 'rollback':
      return <RollbackScreen state={state} screen={screen} />;
  }
}
