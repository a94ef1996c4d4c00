import type { Color } from './recording.ts';

/** The window's own colours: dark, so that a session reads alike on a light and on a dark page. */
export const ground = { text: '#d6deeb', background: '#161b22', frame: '#30363d' } as const;

/** The CSS colour of a colour of the recording. */
export function cssColor(color: Color): string {
  if (typeof color === 'string') return color;
  return basic[color] ?? (color < 232 ? cubeColor(color - 16) : gray(color - 232));
}

/** The sixteen named colours, each with a contrast of at least 4.5 to the background, but black. */
const basic: readonly string[] = [
  '#484f58',
  '#ff7b72',
  '#56d364',
  '#e3b341',
  '#79c0ff',
  '#d2a8ff',
  '#56d4dd',
  '#d6deeb',
  '#8b949e',
  '#ffa198',
  '#7ee787',
  '#f2cc60',
  '#a5d6ff',
  '#e2c5ff',
  '#b3f0ff',
  '#ffffff',
];

function cubeColor(index: number): string {
  const levels = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6];
  return `#${levels.map((level) => hex(level === 0 ? 0 : level * 40 + 55)).join('')}`;
}

function gray(step: number): string {
  return `#${hex(step * 10 + 8).repeat(3)}`;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
