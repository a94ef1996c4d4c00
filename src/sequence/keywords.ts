/** Words that are keywords or types wherever they stand bare, in lower case; what may be a name is left out. */
export const keywords: ReadonlySet<string> = new Set(
  `add after all alter always analyze and any as asc autoincrement auto_increment before begin between bigint binary blob
bool boolean both by bytea call cascade case cast char character charset check collate column commit concurrently
conflict constraint create cross current_date current_time current_timestamp current_user cursor database datetime decimal
declare default deferrable deferred delete delimiter desc deterministic distinct do double drop each else elseif end engine
enum escape except execute exists explain extension false fetch float for foreign from full function generated grant group
having identity if ilike immediate in index inner inout insert instead int integer intersect interval into is join json
jsonb language lateral leading leave left like limit longtext loop materialized mediumint mediumtext modify natural no not
notnull null numeric nvarchar of offset on only or order outer over partition plpgsql pragma precision primary procedure
raise real recursive references release rename repeat replace restrict return returning returns revoke right rollback row
rows savepoint schema select serial bigserial set signal smallint some sqlstate start stored strict table temp temporary
text then time timestamp timestamptz tinyint tinytext to trailing transaction trigger true truncate union unique unsigned
until update using uuid vacuum values varbinary varchar varying view virtual volatile when where while window with without
work zerofill`.split(/\s+/u),
);
