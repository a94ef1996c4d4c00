import type { OracleDocument } from './document.ts'

/** The differences for a person to read, one line each; none when both databases look the same. */
export function compareOracles(first: OracleDocument, second: OracleDocument): string[] {
  if (first.kind !== second.kind) return [`the first is ${first.kind}, the second ${second.kind}`]
  const objects = [...new Set([...Object.keys(first.objects), ...Object.keys(second.objects)])].sort()
  return objects.flatMap((object) => compareObject(object, first.objects[object], second.objects[object]))
}

function compareObject(object: string, first: readonly string[] | undefined, second: readonly string[] | undefined): string[] {
  if (!first) return [`${object}: only in the second: ${second?.join(' | ')}`]
  if (!second) return [`${object}: only in the first: ${first.join(' | ')}`]
  return [
    ...without(first, second).map((line) => `${object}: only in the first: ${line}`),
    ...without(second, first).map((line) => `${object}: only in the second: ${line}`),
  ]
}

/** `lines` less `others`, each occurrence counted. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others]
  return lines.filter((line) => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}
