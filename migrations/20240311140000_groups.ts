import { defineMigration } from 'mikrate';

export default defineMigration({
  description: 'users come in groups',
  when: { exists: 'users' },
  operations: [
    {
      kind: 'createTable',
      table: {
        name: 'groups',
        columns: {
          id: { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true },
          name: { name: 'name', type: { type: 'string', length: 50 }, nullable: false },
          display_name: { name: 'display_name', type: { type: 'string', length: 100 }, nullable: false },
          description: { name: 'description', type: { type: 'text' }, nullable: true },
          is_active: { name: 'is_active', type: { type: 'boolean' }, nullable: false, default: { value: true } },
          created_at: { name: 'created_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
          updated_at: { name: 'updated_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
        },
        primaryKey: { columns: ['id'] },
        indexes: [{ name: 'unique_group_name', parts: [{ column: 'name' }], unique: true, constraint: true }],
        foreignKeys: [],
        checks: [],
        triggers: [],
      },
    },
    {
      kind: 'createTable',
      table: {
        name: 'user_groups',
        columns: {
          id: { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true },
          user_id: { name: 'user_id', type: { type: 'integer', bits: 32 }, nullable: false },
          group_id: { name: 'group_id', type: { type: 'integer', bits: 32 }, nullable: false },
          assigned_by: { name: 'assigned_by', type: { type: 'integer', bits: 32 }, nullable: true },
          created_at: { name: 'created_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
          updated_at: { name: 'updated_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
        },
        primaryKey: { columns: ['id'] },
        indexes: [
          {
            name: 'unique_user_group',
            parts: [{ column: 'user_id' }, { column: 'group_id' }],
            unique: true,
            constraint: true,
          },
        ],
        foreignKeys: [
          {
            name: 'user_groups_user_id_foreign',
            columns: ['user_id'],
            references: { table: 'users', columns: ['id'] },
          },
          {
            name: 'user_groups_group_id_foreign',
            columns: ['group_id'],
            references: { table: 'groups', columns: ['id'] },
          },
          {
            name: 'user_groups_assigned_by_foreign',
            columns: ['assigned_by'],
            references: { table: 'users', columns: ['id'] },
          },
        ],
        checks: [],
        triggers: [],
      },
    },
  ],
});
