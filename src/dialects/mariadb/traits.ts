import type { Traits } from '../dialect.ts';
import { mysqlTraits } from '../mysql/traits.ts';

/** What MariaDB can do, and its limits. */
export const mariadbTraits: Traits = {
  ...mysqlTraits,
  foreignKeysPin: new Set(['changeType']),
  checksPinReferences: false,
  // A foreign key makes an index of its name.
  forbiddenNames: { ...mysqlTraits.forbiddenNames, constraint: /^primary$|[\u{10000}-\u{10ffff}]/iu },
};
