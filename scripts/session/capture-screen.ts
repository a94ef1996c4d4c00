import type { IBufferCell, Terminal } from '@xterm/headless';
import type { Color, Line, Part, Style } from './recording.ts';

/** What the emulator's screen shows now, line by line. */
export function captureScreen(emulator: Terminal): Line[] {
  return Array.from({ length: emulator.rows }, (_, row) => captureLine(emulator, row));
}

function captureLine({ buffer: { active }, cols }: Terminal, row: number): Line {
  const line = active.getLine(active.baseY + row);
  const parts: Part[] = [];
  for (let column = 0; column < cols; column++) {
    const cell = line?.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const part = { column, width: cell.getWidth(), text: cell.getChars() || ' ', style: styleOf(cell) };
    const last = parts.at(-1);
    if (last && continues(last, part)) parts.splice(-1, 1, join(last, part));
    else parts.push(part);
  }
  return parts.filter(isVisible).map(trim);
}

/** Wide characters stand alone: no two fonts agree on their width, so each is put in its own place. */
function continues(last: Part, part: Part): boolean {
  const isPlain = ({ width, text }: Part): boolean => width === [...text].length;
  return isPlain(last) && isPlain(part) && JSON.stringify(last.style) === JSON.stringify(part.style);
}

function join(last: Part, part: Part): Part {
  return { ...last, width: last.width + part.width, text: last.text + part.text };
}

function isVisible({ text, style }: Part): boolean {
  return text.trim() !== '' || hasGround(style);
}

/** Without the blanks at its ends, unless they are coloured. */
function trim(part: Part): Part {
  if (hasGround(part.style) || part.width !== [...part.text].length) return part;
  const text = part.text.trimStart();
  const column = part.column + part.text.length - text.length;
  return { ...part, column, text: text.trimEnd(), width: text.trimEnd().length };
}

function hasGround({ background, inverse, underline }: Style): boolean {
  return background !== undefined || inverse === true || underline === true;
}

function styleOf(cell: IBufferCell): Style {
  return {
    ...(!cell.isFgDefault() && { color: colorOf(cell.isFgRGB(), cell.getFgColor()) }),
    ...(!cell.isBgDefault() && { background: colorOf(cell.isBgRGB(), cell.getBgColor()) }),
    ...(cell.isBold() && { bold: true }),
    ...(cell.isDim() && { dim: true }),
    ...(cell.isItalic() && { italic: true }),
    ...(cell.isUnderline() && { underline: true }),
    ...(cell.isStrikethrough() && { strikethrough: true }),
    ...(cell.isInverse() && { inverse: true }),
  };
}

function colorOf(isRgb: boolean, value: number): Color {
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
