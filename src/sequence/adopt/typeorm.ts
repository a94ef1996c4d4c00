import type { ForeignTool } from './foreign-tool.ts';
import { matchByName, matchByVersion } from './match-file.ts';

/** TypeORM: `id, timestamp, name`, where the name is the class's, which ends with its timestamp; no time of applying. */
export const typeorm: ForeignTool = {
  name: 'typeorm',
  title: 'TypeORM',
  tables: [{ names: ['migrations'], columns: ['id', 'timestamp', 'name'], alone: true, orderBy: ['id'] }],
  read: ({ rows }) => ({ entries: rows.map(({ name }) => ({ name: name ?? '', state: 'applied' })) }),
  match: ({ name }, files) => {
    const [, title = '', timestamp] = /^(.*?)(\d{10,})$/u.exec(name) ?? [];
    const exact =
      matchByName(name, files) ?? (timestamp === undefined ? undefined : matchByName(`${timestamp}-${title}`, files));
    // A file may bear another title than its class; its timestamp is what the command line gave both.
    return exact ?? (timestamp === undefined ? undefined : matchByVersion(timestamp, files));
  },
};
