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
  /** Who has it, the user or one of its roles; absent where the server does not tell them apart. */
  readonly owner?: string;
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
  // Without it the catalogs leave the text of views out.
  'SHOW VIEW',
  'TRIGGER',
] as const;

/** The grants of the session's user; both servers add those of the active roles when no user is named. */
export async function readGrants(session: Session): Promise<Grant[]> {
  const rows = await session.query('show grants');
  const lines = rows.flatMap((row) => Object.values(row).map(String)).map((line) => pieces(line));
  const grants = lines.flatMap(readGrant);
  // MySQL writes what a role has as if the user had it.
  const isMixed = lines.some((line) => !line.some(isOn)) && new Set(grants.map(({ owner }) => owner)).size === 1;
  return isMixed ? grants.map((grant, at) => ({ ...grant, owner: String(at) })) : grants;
}

/** What a migration needs and these grants do not give, with the one statement that gives it. */
export function missingRights(
  grants: readonly Grant[],
  { database, user }: { readonly database: string; readonly user: string },
): ServerInfo['missingRights'] {
  const at = user.lastIndexOf('@');
  const account = `${literal(user.slice(0, at < 0 ? undefined : at))}${at < 0 ? '' : `@${literal(user.slice(at + 1))}`}`;
  const counting = effective(grants, database);
  const missing = needed.filter((right) => !hasRight(counting, right, database));
  if (missing.length === 0) return [];
  const name = escapePattern(database);
  // A grant on this very name puts a wider one out of force: it must say again what that one gave.
  const wider = counting.find((grant) => grant.database !== undefined && grant.database !== name && !grant.revoked);
  const wanted = wider ? [...new Set([...needed, ...wider.rights])] : missing;
  return [{ right: missing.join(', '), grant: `GRANT ${wanted.join(', ')} ON ${quote(name)}.* TO ${account}` }];
}

/** True where the catalogs leave out tables that the user may not read. */
export function hidesTables(grants: readonly Grant[], database: string): boolean {
  return !hasRight(effective(grants, database), 'SELECT', database);
}

/** Of the grants on databases, only the one that names this database best counts, for the user and for each role. */
function effective(grants: readonly Grant[], database: string): Grant[] {
  const named = grants.filter((grant) => !grant.revoked && grant.database !== undefined);
  const best = new Map<string | undefined, Grant>();
  for (const grant of named.filter((one) => matches(one.database ?? '', database))) {
    const rival = best.get(grant.owner);
    if (!rival || exactness(grant.database) > exactness(rival.database)) best.set(grant.owner, grant);
  }
  return [...grants.filter((grant) => !named.includes(grant)), ...best.values()];
}

/** Characters before the first wildcard. */
function exactness(pattern = ''): number {
  const at = pattern.replaceAll(/\\[\s\S]/gu, 'xx').search(/[%_]/u);
  return at < 0 ? Infinity : at;
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
  const on = line.findIndex(isOn);
  if ((verb !== 'GRANT' && verb !== 'REVOKE') || on < 0) return [];
  const [scope, dot, rest] = line.slice(on + 1);
  // Rights on one table or routine are not rights on the database.
  if (!scope || dot?.text !== '.' || rest?.text !== '*') return [];
  const rights = joinPieces(line.slice(1, on))
    .toUpperCase()
    .split(',')
    .map((right) => right.trim());
  const database = scope.text === '*' ? undefined : identifierOf(scope);
  return [{ revoked: verb === 'REVOKE', rights, database, owner: ownerIn(line.slice(on)) }];
}

const isOn = (piece: Piece): boolean => isWord(piece, 'ON');
const isWord = ({ kind, text }: Piece, word: string): boolean => kind === 'word' && text.toUpperCase() === word;

/** The account after TO or FROM. */
function ownerIn(line: readonly Piece[]): string {
  const to = line.findIndex((piece) => isWord(piece, 'TO') || isWord(piece, 'FROM'));
  const end = line.findIndex(
    (piece, at) => at > to && ['WITH', 'IDENTIFIED', 'REQUIRE'].some((word) => isWord(piece, word)),
  );
  return joinPieces(line.slice(to + 1, end < 0 ? undefined : end));
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
