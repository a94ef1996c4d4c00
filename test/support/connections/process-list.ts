/** The sessions of a server. MySQL's older list fails while any session's statement holds a character beyond utf8mb3. */
export const processList = {
  mysql: 'performance_schema.processlist',
  mariadb: 'information_schema.processlist',
} as const;
