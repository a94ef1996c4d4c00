import { Box } from 'ink';
import type { ReactNode } from 'react';
import { firstVisible } from '../cursor.ts';
import { Line, type Part } from './Line.tsx';

export interface ListProps<Row> {
  readonly rows: readonly Row[];
  readonly cursor: number;
  readonly width: number;
  readonly height: number;
  /** A row as parts of a line. */
  draw(row: Row, at: number): readonly (Part | string)[];
  /** Said where there are no rows. */
  readonly empty: string;
}

/**
 * The part of a list that fits, around its cursor. However long the list is, only that is drawn; where it goes on is told in its
 * first and last line, if there is room.
 */
export function List<Row>({ rows, cursor, width, height, draw, empty }: ListProps<Row>): ReactNode {
  if (rows.length === 0) return <Line width={width} parts={[{ text: empty, dim: true }]} />;
  const { first, last, above, below } = windowOf(cursor, rows.length, height);
  return (
    <Box flexDirection="column" aria-role="list">
      {above > 0 && (
        <Line width={width} parts={[{ text: `  … ${above.toLocaleString('en')} more above`, dim: true }]} />
      )}
      {rows.slice(first, last).map((row, index) => {
        const at = first + index;
        const isSelected = at === cursor;
        return (
          <Line
            key={at}
            role="listitem"
            isSelected={isSelected}
            width={width}
            parts={[{ text: isSelected ? '❯ ' : '  ', colour: 'cyan', bold: true }, ...draw(row, at)]}
          />
        );
      })}
      {below > 0 && (
        <Line width={width} parts={[{ text: `  … ${below.toLocaleString('en')} more below`, dim: true }]} />
      )}
    </Box>
  );
}

/** The rows that are drawn, and how many are above and below them where a line is spent to tell that. */
export function windowOf(
  cursor: number,
  length: number,
  height: number,
): { readonly first: number; readonly last: number; readonly above: number; readonly below: number } {
  const first = firstVisible(cursor, length, height);
  const last = Math.min(length, first + height);
  const isAbove = first > 0 && height > 2;
  const isBelow = last < length && height > 2;
  const [from, to] = [first + (isAbove ? 1 : 0), last - (isBelow ? 1 : 0)];
  return { first: from, last: to, above: isAbove ? from : 0, below: isBelow ? length - to : 0 };
}
