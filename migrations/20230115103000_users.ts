import { defineMigration } from 'mikrate';

export default defineMigration({
  description: 'monitors get people who own them',
  operations: [
    {
      kind: 'createTable',
      table: {
        name: 'users',
        columns: {
          id: { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true },
          username: { name: 'username', type: { type: 'string', length: 50 }, nullable: false },
          email: { name: 'email', type: { type: 'string', length: 255 }, nullable: false },
          hashed_password: { name: 'hashed_password', type: { type: 'string', length: 255 }, nullable: false },
          is_active: { name: 'is_active', type: { type: 'boolean' }, nullable: false, default: { value: true } },
          created_at: { name: 'created_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
          updated_at: { name: 'updated_at', type: { type: 'datetime' }, nullable: false, default: { now: true } },
        },
        primaryKey: { columns: ['id'] },
        indexes: [
          { name: 'unique_username', parts: [{ column: 'username' }], unique: true, constraint: true },
          { name: 'unique_email', parts: [{ column: 'email' }], unique: true, constraint: true },
        ],
        foreignKeys: [],
        checks: [],
        triggers: [],
      },
    },
  ],
});
