import { readFileSync } from 'node:fs';
import type { DatabaseUrl } from './database-url.ts';

/** TLS settings in the form that both pg and mysql2 take; `undefined` leaves the driver's own. */
export type Tls =
  | false
  | { readonly rejectUnauthorized: boolean; readonly verifyIdentity: boolean; readonly ca?: string };

/** Off or on as the URL's parameters say; else verified, unless the database is on this machine. */
export function chooseTls(host: string | undefined, parameters: DatabaseUrl['parameters']): Tls | undefined {
  const mode = (parameters['sslmode'] ?? parameters['ssl-mode'] ?? parameters['ssl'])?.toLowerCase();
  if (mode === undefined) return isLoopback(host) ? undefined : verified(parameters);
  if (['disable', 'disabled', 'false', '0'].includes(mode)) return false;
  if (unverifiedModes.includes(mode)) return { rejectUnauthorized: false, verifyIdentity: false };
  return verified(parameters);
}

/** True for this machine: its loopback addresses, its own name for them, and sockets. */
export function isLoopback(host: string | undefined): boolean {
  if (host === undefined || host === '' || host.startsWith('/')) return true;
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|::1|0:0:0:0:0:0:0:1|::ffff:127(?:\.\d+){3})$/iu.test(host);
}

/** `require` encrypts without asking who answers, as PostgreSQL's and MySQL's own clients do. */
const unverifiedModes = ['require', 'required', 'prefer', 'preferred', 'allow', 'no-verify'];

function verified(parameters: DatabaseUrl['parameters']): Tls {
  const ca = parameters['sslrootcert'] ?? parameters['ssl-ca'];
  return { rejectUnauthorized: true, verifyIdentity: true, ...(ca && { ca: readFileSync(ca, 'utf8') }) };
}
