/** What a list of changes does to the things of one kind that have names: columns, indexes, checks, foreign keys. */
export interface Ledger {
  /** Names that are new at the end. */
  readonly added: Set<string>;
  /** Names from before the changes that are gone at the end. */
  readonly dropped: Set<string>;
  /** Name at the end → name before. */
  readonly renamed: Map<string, string>;
  /** Names at the end of what stays and is changed, with the kinds of change. */
  readonly touched: Map<string, Set<string>>;
}

/** Nothing has happened yet. */
export function emptyLedger(): Ledger {
  return { added: new Set(), dropped: new Set(), renamed: new Map(), touched: new Map() };
}

/** A new thing of this name. */
export function noteAdded(ledger: Ledger, name: string): void {
  ledger.added.add(name);
}

/** It goes; one that was only added before never was. */
export function noteDropped(ledger: Ledger, name: string): void {
  ledger.touched.delete(name);
  if (ledger.added.delete(name)) return;
  ledger.dropped.add(originOf(ledger, name));
  ledger.renamed.delete(name);
}

/** It has another name from here on; a way back to the first name is no rename. */
export function noteRenamed(ledger: Ledger, from: string, to: string): void {
  const touched = ledger.touched.get(from);
  ledger.touched.delete(from);
  if (touched) ledger.touched.set(to, touched);
  if (ledger.added.delete(from)) {
    ledger.added.add(to);
    return;
  }
  const origin = originOf(ledger, from);
  ledger.renamed.delete(from);
  if (origin !== to) ledger.renamed.set(to, origin);
}

/** It stays and changes; one that is new is written whole anyway. */
export function noteTouched(ledger: Ledger, name: string, kind: string): void {
  if (ledger.added.has(name)) return;
  ledger.touched.set(name, (ledger.touched.get(name) ?? new Set()).add(kind));
}

/** The name that something had before the changes. */
export function originOf(ledger: Ledger, name: string): string {
  return ledger.renamed.get(name) ?? name;
}
