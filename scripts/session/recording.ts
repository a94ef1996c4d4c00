/** A session as it was seen: what the screen showed, and when. */
export interface Recording {
  readonly columns: number;
  readonly rows: number;
  readonly frames: readonly Frame[];
}

/** What the screen showed from a moment on, in milliseconds since the start. */
export interface Frame {
  readonly at: number;
  readonly lines: readonly Line[];
  /** What the person who watches is told, where the session's script says so. */
  readonly caption?: string;
}

/** A line of the screen: its parts from left to right; blank cells between them are left out. */
export type Line = readonly Part[];

/** Neighbouring cells of one style. */
export interface Part {
  readonly column: number;
  /** Cells that it takes. */
  readonly width: number;
  readonly text: string;
  readonly style: Style;
}

/** How cells are drawn; what is absent is as the terminal's default. Colours are numbers of the palette or `#rrggbb`. */
export interface Style {
  readonly color?: Color;
  readonly background?: Color;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strikethrough?: true;
  readonly inverse?: true;
}

export type Color = number | string;
