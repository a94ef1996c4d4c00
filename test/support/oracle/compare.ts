import type { OracleDocument } from './document.ts';
import { decisions } from './spellings.ts';

/** The differences for a person to read, one line each; none when both databases look the same. */
export function compareOracles(first: OracleDocument, second: OracleDocument): string[] {
  if (first.kind !== second.kind) return [`the first is ${first.kind}, the second ${second.kind}`];
  const objects = [...new Set([...Object.keys(first.objects), ...Object.keys(second.objects)])].sort();
  return objects.flatMap((object) => compareObject(object, first.objects[object], second.objects[object]));
}

/** The document with the one spelling for all that the tool leaves as it is on purpose (`decisions` in `spellings.ts`). */
export function applyDecisions(document: OracleDocument): OracleDocument {
  const rewrite = (lines: readonly string[]): readonly string[] =>
    decisions[document.kind].reduce((all, decision) => decision.rewrite(all), lines).toSorted();
  return {
    ...document,
    objects: Object.fromEntries(Object.entries(document.objects).map(([object, lines]) => [object, rewrite(lines)])),
  };
}

function compareObject(
  object: string,
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): string[] {
  if (!first) return [`${object}: only in the second: ${second?.join(' | ')}`];
  if (!second) return [`${object}: only in the first: ${first.join(' | ')}`];
  return [
    ...without(first, second).map((line) => `${object}: only in the first: ${line}`),
    ...without(second, first).map((line) => `${object}: only in the second: ${line}`),
  ];
}

/** `lines` less `others`, each occurrence counted. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
