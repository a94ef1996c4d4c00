import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { cut, showable, widthOf } from '../text.ts';
import type { Colour } from '../theme.ts';
import { useColours } from './Colours.tsx';

/** A part of a line in one style. */
export interface Part {
  readonly text: string;
  readonly colour?: Colour | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

export interface LineProps {
  readonly parts: readonly (Part | string)[];
  readonly width: number;
  readonly inverse?: boolean;
  /** What a screen reader says instead. */
  readonly label?: string;
}

/** One line of the screen, cut at its width. All text of the interface goes through here, and is made safe here. */
export function Line({ parts, width, inverse = false, label }: LineProps): ReactNode {
  const hasColours = useColours();
  let left = width;
  const pieces = parts.flatMap((part) => {
    const { text, ...style } = typeof part === 'string' ? { text: part } : part;
    const short = cut(showable(text), left);
    left -= widthOf(short);
    return short === '' ? [] : [{ text: short, ...style }];
  });
  return (
    <Box height={1} flexShrink={0} {...(label !== undefined && { 'aria-label': showable(label) })}>
      <Text inverse={inverse} wrap="truncate">
        {pieces.length === 0
          ? ' '
          : pieces.map(({ text, colour, bold = false, dim = false }: Part, at) => (
              <Text key={at} bold={bold} dimColor={dim} {...(hasColours && colour !== undefined && { color: colour })}>
                {text}
              </Text>
            ))}
      </Text>
    </Box>
  );
}
