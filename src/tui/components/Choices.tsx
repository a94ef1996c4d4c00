import { Box } from 'ink';
import type { ReactNode } from 'react';
import { firstVisible } from '../cursor.ts';
import { choiceLines } from '../text.ts';
import { Line } from './Line.tsx';

/** A few choices, one of them under the cursor; what is too long for a line goes on in the next. */
export function Choices({
  choices,
  cursor,
  width,
  height,
}: {
  readonly choices: readonly string[];
  readonly cursor: number;
  readonly width: number;
  /** Lines that it may take: where they are fewer than the choices need, those around the cursor are seen. */
  readonly height: number;
}): ReactNode {
  const lines = choices.flatMap((choice, at) =>
    choiceLines(choice, width).map((text, index) => ({ text, at, isFirst: index === 0 })),
  );
  const own = lines.filter(({ at }) => at === Math.max(0, cursor));
  const begin = lines.indexOf(own[0] as (typeof lines)[number]);
  // The end of the choice under the cursor is seen, but never instead of its beginning.
  const first = Math.min(begin, firstVisible(begin + own.length - 1, lines.length, height));
  return (
    <Box flexDirection="column" aria-role="listbox">
      {lines.slice(first, first + height).map(({ text, at, isFirst }, index) => (
        <Line
          key={first + index}
          {...(isFirst && { role: 'option' as const })}
          isSelected={at === cursor}
          width={width}
          parts={[
            { text: at === cursor && isFirst ? '❯ ' : '  ', colour: 'cyan', bold: true },
            { text, bold: at === cursor },
          ]}
        />
      ))}
    </Box>
  );
}
