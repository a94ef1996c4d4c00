import { cssColor, ground } from './palette.ts';
import type { Frame, Line, Part, Recording, Style } from './recording.ts';

const cell = { width: 8.4, height: 17, size: 14 } as const;
const margin = { top: 34, side: 14, bottom: 12 } as const;

/** How long frames are shown at least and at most, and the last one, in milliseconds. */
const shown = { least: 60, most: 3000, last: 5000 } as const;

/**
 * A recording as an animated SVG: a film of its frames that moves up behind a window, by CSS alone. Where a reader wants
 * less motion it stands still at the last frame.
 */
export function drawSvg(recording: Recording, title: string): string {
  const frames = pace(recording.frames);
  const width = Math.ceil(recording.columns * cell.width);
  const height = recording.rows * cell.height;
  const lines = new LineShelf();
  const film = frames.map(({ frame }, at) => drawFrame(frame, at * height, lines)).join('\n');
  const outer = { width: width + 2 * margin.side, height: height + margin.top + margin.bottom };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${outer.width} ${outer.height}" width="${outer.width}" height="${outer.height}" fill="${ground.text}" xml:space="preserve" role="img" aria-label="${escape(title)}">
<style>
${styleSheet(frames, height)}
</style>
<defs>
<clipPath id="w"><rect width="${width}" height="${height}"/></clipPath>
${lines.definitions()}
</defs>
<rect x=".5" y=".5" width="${outer.width - 1}" height="${outer.height - 1}" rx="8" fill="${ground.background}" stroke="${ground.frame}"/>
<circle cx="20" cy="17" r="5.5" fill="#ff5f57"/><circle cx="38" cy="17" r="5.5" fill="#febc2e"/><circle cx="56" cy="17" r="5.5" fill="#28c840"/>
<text class="t" x="${outer.width / 2}" y="21" text-anchor="middle">${escape(title)}</text>
<g transform="translate(${margin.side} ${margin.top})"><g clip-path="url(#w)"><g class="f">
${film}
</g></g></g>
</svg>
`;
}

interface PacedFrame {
  readonly frame: Frame;
  /** Milliseconds. */
  readonly duration: number;
}

/** Leaves out frames that nobody could see, and shortens what only waits. */
function pace(frames: readonly Frame[]): PacedFrame[] {
  const paced: PacedFrame[] = [];
  for (const [at, frame] of frames.entries()) {
    const next = frames[at + 1];
    const lasts = next ? next.at - frame.at : shown.last;
    const before = paced.at(-1);
    if (before && JSON.stringify(before.frame.lines) === JSON.stringify(frame.lines))
      paced.splice(-1, 1, { frame: before.frame, duration: Math.min(shown.most, before.duration + lasts) });
    else if (lasts >= shown.least || !next) paced.push({ frame, duration: next ? Math.min(shown.most, lasts) : lasts });
    else if (before) paced.splice(-1, 1, { ...before, duration: before.duration + lasts });
  }
  return paced;
}

function drawFrame({ lines }: Frame, top: number, shelf: LineShelf): string {
  const uses = lines.flatMap((line, row) => {
    const id = shelf.idOf(line);
    return id === undefined ? [] : [`<use href="#${id}" y="${top + row * cell.height}"/>`];
  });
  return uses.join('');
}

/** Every different line is drawn once. */
class LineShelf {
  readonly #ids = new Map<string, string>();

  /** The name of a line; none where it is blank. */
  idOf(line: Line): string | undefined {
    const drawn = line.map(drawPart).join('');
    if (drawn === '') return undefined;
    const id = this.#ids.get(drawn) ?? `l${this.#ids.size.toString(36)}`;
    this.#ids.set(drawn, id);
    return id;
  }

  definitions(): string {
    return [...this.#ids].map(([drawn, id]) => `<g id="${id}">${drawn}</g>`).join('\n');
  }
}

function drawPart({ column, width, text, style }: Part): string {
  const x = round(column * cell.width);
  const wide = round(width * cell.width);
  const { color, background } = colorsOf(style);
  const box =
    background === undefined ? '' : `<rect x="${x}" width="${wide}" height="${cell.height}" fill="${background}"/>`;
  if (text.trim() === '') return box;
  const looks = [
    color === ground.text ? '' : ` fill="${color}"`,
    style.bold ? ' font-weight="bold"' : '',
    style.dim ? ' opacity=".6"' : '',
    style.italic ? ' font-style="italic"' : '',
    style.underline || style.strikethrough
      ? ` text-decoration="${style.underline ? 'underline' : 'line-through'}"`
      : '',
  ];
  // A wide character keeps its own shape; text is stretched to its cells, whatever font a reader has.
  const fit = width === [...text].length && width > 1 ? ` textLength="${wide}"` : '';
  return `${box}<text x="${x}" y="${cell.size}"${looks.join('')}${fit}>${escape(text)}</text>`;
}

function colorsOf({ color, background, inverse }: Style): { color: string; background: string | undefined } {
  const front = color === undefined ? undefined : cssColor(color);
  const back = background === undefined ? undefined : cssColor(background);
  return inverse
    ? { color: back ?? ground.background, background: front ?? ground.text }
    : { color: front ?? ground.text, background: back };
}

function styleSheet(frames: readonly PacedFrame[], height: number): string {
  const whole = frames.reduce((sum, { duration }) => sum + duration, 0);
  let passed = 0;
  const stops = frames.map(({ duration }, at) => {
    const stop = `${round((passed / whole) * 100, 3)}%{transform:translateY(-${at * height}px)}`;
    passed += duration;
    return stop;
  });
  const last = `translateY(-${(frames.length - 1) * height}px)`;
  return `svg{font:${cell.size}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
text{white-space:pre}
.t{font-size:12px;opacity:.7}
@keyframes f{${stops.join('')}100%{transform:${last}}}
.f{animation:f ${round(whole / 1000, 2)}s step-end infinite}
@media (prefers-reduced-motion:reduce){.f{animation:none;transform:${last}}}`;
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
