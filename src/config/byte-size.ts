/** Bytes of a size such as `100 MB`, `1.5GB`, `512 kB` (1024 per step, as databases count); `undefined` for any other text. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)i?B$/iu.exec(text.trim());
  if (!match) return undefined;
  return Math.round(Number(match[1]) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf((match[2] ?? '').toUpperCase()));
}
