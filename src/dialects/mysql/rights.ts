import { identifierOf } from '../../schema/expression.ts';
import type { ServerInfo } from '../dialect.ts';
import type { Session } from '../session.ts';
import { joinPieces, pieces, type Piece } from './pieces.ts';
import { literal, quote } from './quote.ts';

/** One line of SHOW GRANTS that is about databases. */
export interface Grant {
  readonly revoked: boolean;
  readonly rights: readonly string[];
  /** The database as a pattern; `undefined` for all. */
  readonly database: string | undefined;
}

const needed = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'ALTER',
  'DROP',
  'INDEX',
  'REFERENCES',
  'CREATE VIEW',
  'TRIGGER',
] as const;

/** The grants of the session's user; both servers add those of the active roles when no user is named. */
export async function readGrants(session: Session): Promise<Grant[]> {
  const rows = await session.query('show grants');
  return rows.flatMap((row) => Object.values(row).map(String)).flatMap((line) => readGrant(pieces(line)));
}

/** What a migration needs and these grants do not give, each with the statement that gives it. */
export function missingRights(
  grants: readonly Grant[],
  { database, user }: { readonly database: string; readonly user: string },
): ServerInfo['missingRights'] {
  const at = user.lastIndexOf('@');
  const account = `${literal(user.slice(0, at < 0 ? undefined : at))}${at < 0 ? '' : `@${literal(user.slice(at + 1))}`}`;
  return needed
    .filter((right) => !hasRight(grants, right, database))
    .map((right) => ({ right, grant: `GRANT ${right} ON ${quote(escapePattern(database))}.* TO ${account}` }));
}

function hasRight(grants: readonly Grant[], right: string, database: string): boolean {
  const gives = (grant: Grant): boolean =>
    grant.rights.includes(right) || grant.rights.includes('ALL PRIVILEGES') || grant.rights.includes('ALL');
  const mine = grants.filter((grant) => gives(grant));
  const isRevoked = mine.some(
    (grant) => grant.revoked && grant.database !== undefined && matches(grant.database, database),
  );
  return mine.some(
    (grant) => !grant.revoked && (grant.database === undefined ? !isRevoked : matches(grant.database, database)),
  );
}

function readGrant(line: readonly Piece[]): Grant[] {
  const verb = line[0]?.text.toUpperCase();
  const on = line.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'ON');
  if ((verb !== 'GRANT' && verb !== 'REVOKE') || on < 0) return [];
  const [scope, dot, rest] = line.slice(on + 1);
  // Rights on one table or routine are not rights on the database.
  if (!scope || dot?.text !== '.' || rest?.text !== '*') return [];
  const rights = joinPieces(line.slice(1, on))
    .toUpperCase()
    .split(',')
    .map((right) => right.trim());
  return [{ revoked: verb === 'REVOKE', rights, database: scope.text === '*' ? undefined : identifierOf(scope) }];
}

/** A grant names databases by a LIKE pattern. */
function matches(pattern: string, database: string): boolean {
  const regular = pattern.replaceAll(/\\[\s\S]|[%_]|[.*+?^${}()|[\]\\/]/gu, (part) => {
    if (part === '%') return '[\\s\\S]*';
    if (part === '_') return '[\\s\\S]';
    return part.startsWith('\\') && part.length === 2 ? escapeRegular(part.slice(1)) : `\\${part}`;
  });
  return new RegExp(`^${regular}$`, 'u').test(database);
}

const escapeRegular = (char: string): string => (/[.*+?^${}()|[\]\\/]/u.test(char) ? `\\${char}` : char);
const escapePattern = (name: string): string => name.replaceAll(/[\\%_]/gu, '\\$&');
