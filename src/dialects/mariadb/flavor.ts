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
  manual: {
    createIndex: `${manual}/create-index/`,
    foreignKeys: `${manual}/foreign-keys/`,
    createTable: `${manual}/create-table/`,
    createView: `${manual}/create-view/`,
    enums: `${manual}/enum/`,
    metadata: `${manual}/identifier-names/`,
    partitioning: `${manual}/partitioning-limitations/`,
  },
};
