import { Box, Text } from 'ink';
import { memo, type ReactNode } from 'react';
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
  /** What the line is to a screen reader, in a list or among choices. */
  readonly role?: 'listitem' | 'option';
  readonly isSelected?: boolean;
}

/**
 * One line of the screen, cut at its width. All text of the interface goes through here, and is made safe here. A line that
 * says what it said is not made again.
 */
export const Line = memo(DrawnLine, saysTheSame);

function DrawnLine({ parts, width, inverse = false, label, role, isSelected = false }: LineProps): ReactNode {
  const hasColours = useColours();
  let left = width;
  const pieces = parts.flatMap((part) => {
    const { text, ...style } = typeof part === 'string' ? { text: part } : part;
    const short = cut(showable(text), left);
    left -= widthOf(short);
    return short === '' ? [] : [{ text: short, ...style }];
  });
  return (
    <Box
      height={1}
      flexShrink={0}
      {...(label !== undefined && { 'aria-label': showable(label) })}
      {...(role && { 'aria-role': role, 'aria-state': { selected: isSelected } })}
    >
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

function saysTheSame(before: LineProps, after: LineProps): boolean {
  return (
    before.width === after.width &&
    before.inverse === after.inverse &&
    before.label === after.label &&
    before.role === after.role &&
    before.isSelected === after.isSelected &&
    before.parts.length === after.parts.length &&
    before.parts.every((part, at) => isSamePart(part, after.parts[at]))
  );
}

function isSamePart(before: Part | string, after: Part | string | undefined): boolean {
  if (typeof before === 'string' || typeof after !== 'object') return before === after;
  return (
    before.text === after.text &&
    before.colour === after.colour &&
    before.bold === after.bold &&
    before.dim === after.dim
  );
}
