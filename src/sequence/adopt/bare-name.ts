/** A migration's name without folder and endings, as our sequence names files. */
export function bareName(name: string): string {
  const base = name.split(/[\\/]/u).at(-1) ?? name;
  return base.replace(endings, '');
}

const endings = /(?:\.(?:up|down))?\.(?:sql|ts|js|mts|mjs|cts|cjs|py|go|rb|xml|ya?ml|json)$/iu;
