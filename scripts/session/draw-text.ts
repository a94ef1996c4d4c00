import type { Line, Recording } from './recording.ts';

/** The screens of a recording that have a caption, one below the other, as plain text. */
export function drawText({ frames }: Recording): string {
  const screens = frames.flatMap(({ caption, lines }) =>
    caption === undefined ? [] : [`── ${caption} ──\n\n${lines.map(textOf).join('\n').trimEnd()}\n`],
  );
  return screens.join('\n');
}

function textOf(line: Line): string {
  let text = '';
  let column = 0;
  for (const part of line) {
    text += ' '.repeat(part.column - column) + part.text;
    column = part.column + part.width;
  }
  return text.trimEnd();
}
