import type { Flavor } from '../mysql/flavor.ts';

const manual = 'https://mariadb.com/kb/en';

export const mariadbFlavor: Flavor = {
  name: 'mariadb',
  displayName: 'MariaDB',
  indexesExpressions: false,
  generatedMayBeNotNull: false,
  literalDefaultOnText: true,
  hiddenIndex: 'ignored',
  dropCheck: 'constraint',
  columnChecks: true,
  renamesInExpressions: true,
  nowHasColumnPrecision: true,
  catalogHoldsAllExpressions: false,
  alterDefaultDropsOnUpdate: true,
  longUniquesAreHashes: true,
  online: { addComputed: true, stopAutoIncrement: true, changeVirtual: true, changeCollationOfKey: true },
  referringLocksParents: false,
  definerRights: ['SET USER', 'SUPER'],
  // Which table a session holds is told only by a plugin; who has a transaction open in this database is always known.
  lockHolders:
    () => `select concat('process ', p.id, ' of ', p.user, '@', p.host, ', in a transaction since ', t.trx_started) as holder
    from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
    where p.id <> connection_id() and (p.db = database() or p.db is null) order by t.trx_started limit 3`,
  manual: {
    createIndex: `${manual}/create-index/`,
    foreignKeys: `${manual}/foreign-keys/`,
    createTable: `${manual}/create-table/`,
    createView: `${manual}/create-view/`,
    enums: `${manual}/enum/`,
    metadata: `${manual}/identifier-names/`,
    names: `${manual}/identifier-qualifiers/`,
    partitioning: `${manual}/partitioning-limitations/`,
  },
};
