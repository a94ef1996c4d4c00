/** Milliseconds of a duration such as `500 ms`, `30s`, `10m`, `1.5h`, `2d`; `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/u.exec(text.trim());
  if (!match) return undefined;
  return Math.round(Number(match[1]) * milliseconds[match[2] as Unit]);
}

type Unit = keyof typeof milliseconds;
const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
