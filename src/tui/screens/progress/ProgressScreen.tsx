import type { ReactNode } from 'react';
import type { DialectName } from '../../../schema/sql-by-dialect.ts';
import { Bar } from '../../components/Bar.tsx';
import { Choices } from '../../components/Choices.tsx';
import { Frame } from '../../components/Frame.tsx';
import { Line } from '../../components/Line.tsx';
import { spinner } from '../../components/spinner.ts';
import { duration } from '../../duration.ts';
import { footOf } from '../../keys.ts';
import type { State } from '../../state.ts';
import { timeLeft, type ProgressScreen as Screen, type RowProgress } from './state.ts';

/** A run as it happens, below the log that scrolls away: the current operation, its rows, whom it waits for, the whole. */
export function ProgressScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { now, size } = state;
  const { current, rows, waiting, file, applied, total, since, stop } = screen;
  const width = size.columns;
  const quiet = { ...state, activity: undefined };
  const { activity: _, ...still } = quiet;
  return (
    <Frame
      state={still}
      title={screen.doing === 'migrate' ? '🚀 Migrating' : '🔙 Rolling back'}
      keys={footOf('progress', state.size.columns)}
    >
      {file && <Line width={width} parts={[`📄 ${file.path} (${file.at} of ${file.total})`]} />}
      {current && (
        <Line
          width={width}
          parts={[
            { text: `${spinner(now)} `, colour: 'cyan' },
            `${current.summary} … ${duration(now - current.since)}`,
          ]}
        />
      )}
      {waiting && (
        <Line
          width={width}
          parts={[{ text: `⏳ ${waiting.text} (${duration(now - waiting.since)})`, colour: 'magenta' }]}
        />
      )}
      {rows && rows.total !== undefined && (
        <Bar done={rows.done} total={rows.total} width={width} text={rowsText(rows, now)} />
      )}
      {rows && rows.total === undefined && <Line width={width} parts={[`  ${rows.summary}: ${rows.done} rows`]} />}
      <Bar
        done={applied.length}
        total={total}
        width={width}
        text={`${applied.length} of ${total} operations, ${duration(now - since)}`}
      />
      {stop === 'asked' && (
        <Choices
          cursor={-1}
          width={width}
          height={2}
          choices={[
            `s: finish this operation and stop${width < 80 ? '' : (heard[screen.dialect] ?? '')}`,
            'k: keep going',
          ]}
        />
      )}
      {stop === 'stopping' && (
        <Line width={width} parts={[{ text: '🛑 Stops after this operation', colour: 'magenta' }]} />
      )}
    </Frame>
  );
}

/** It works in this process, which then does nothing else. Said where it leaves the other choice its line. */
const heard: Partial<Readonly<Record<DialectName, string>>> = {
  sqlite: ' (SQLite: no statement can be interrupted)',
};

function rowsText(rows: RowProgress, now: number): string {
  const left = timeLeft(rows, now);
  return `${rows.done} of ${rows.total} rows${left === undefined ? '' : `, ${duration(left)} left`}`;
}
