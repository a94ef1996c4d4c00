/** Every statement that made the schema: what differs after any change of it. */
export const digestSql =
  'select type, name, tbl_name as "table", sql from main.sqlite_master order by type, name, tbl_name';
