import type { Traits } from '../dialect.ts';
import { mysqlTraits } from '../mysql/traits.ts';

/** What MariaDB can do, and its limits. */
export const mariadbTraits: Traits = { ...mysqlTraits, foreignKeysPin: new Set(['changeType']) };
