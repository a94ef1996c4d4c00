import type { Column } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import type { ColumnKeptRow, ColumnRow, KeptRow, LeaningRow } from './catalog.ts';
import { notSupported } from './not-supported.ts';
import { quote, quoteKey } from './quote.ts';

/** What a column has besides its definition, and what uses it that has no word of ours. */
export function readKept({ kept, number }: ColumnRow, leaning: readonly LeaningRow[]): Pick<Column, 'storage'> {
  if (kept === null && leaning.length === 0) return {};
  const { grants, ...facts } = JSON.parse(kept ?? '{}') as Partial<ColumnKeptRow>;
  const users = (goes: boolean): string =>
    leaning
      .filter((row) => row.number === number && row.goes === goes)
      .map(({ object }) => object)
      .join(', ');
  const storage = {
    ...Object.fromEntries(Object.entries(facts).flatMap(([name, text]) => (text ? [[name, text]] : []))),
    ...(grants && { grants: JSON.stringify(grants) }),
    ...(users(true) && { leaning: users(true) }),
    ...(users(false) && { pinned: users(false) }),
  };
  return Object.keys(storage).length > 0 ? { storage } : {};
}

/** Gives a column that is made anew what it had; `byType` only what a new type takes away, as far as that can have it. */
export function keptStatements(table: string, column: Column, { byType = false } = {}): Statement[] {
  const { name, storage, type } = column;
  if (!storage) return [];
  const alter = (action: string): Statement => ({
    text: `alter table ${quoteKey(table)} alter column ${quote(name)} ${action}`,
  });
  const word = (key: string): string[] => (typeof storage[key] === 'string' ? [storage[key]] : []);
  const toasted = ['string', 'text', 'json', 'binary', 'native', 'decimal'].includes(type.type);
  const byTypes = [
    ...word('storage').map((way) => alter(`set storage ${way}`)),
    ...word('compression').map((way) => alter(`set compression ${way}`)),
  ];
  if (byType) return toasted ? byTypes : [];
  return [
    ...byTypes,
    ...word('statistics').map((count) => alter(`set statistics ${count}`)),
    ...word('options').map((options) => alter(`set (${options})`)),
    ...word('grants').flatMap((grants) => grantStatements(table, JSON.parse(grants) as KeptRow['grants'])),
  ];
}

/** `grant select ("a") on "t" to "r"`, one right at a time. */
export function grantStatements(object: string, grants: KeptRow['grants']): Statement[] {
  return (grants ?? []).map(([grantee, privilege, grantable, column]) => {
    const what = column === null ? privilege : `${privilege} (${quote(column)})`;
    const to = grantee === null ? 'public' : quote(grantee);
    return { text: `grant ${what} on ${quoteKey(object)} to ${to}${grantable ? ' with grant option' : ''}` };
  });
}

/** Refuses to give another type to a column that the server holds fast. */
export function refusePinned({ name, storage }: Column): void {
  const pinned = storage?.['pinned'];
  if (pinned !== undefined)
    throw notSupported(`change the column ${name} while ${pinned} uses it`, 'sql-altertable.html');
}

/** Refuses to drop a column where more than the Schema knows would go with it without a word. */
export function refuseLeaning(column: Column): void {
  refusePinned(column);
  const leaning = column.storage?.['leaning'];
  if (leaning !== undefined)
    throw notSupported(`drop the column ${column.name} without ${leaning}, which uses it`, 'sql-altertable.html');
}
