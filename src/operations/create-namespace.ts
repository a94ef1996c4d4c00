import type { OperationDefinition } from './definition.ts';
import type { DropNamespace } from './drop-namespace.ts';

/** Makes a namespace, in which tables, views and types of their own names can be (PostgreSQL calls it a schema). */
export interface CreateNamespace {
  readonly kind: 'createNamespace';
  readonly namespace: string;
}

export const createNamespace: OperationDefinition<CreateNamespace, DropNamespace> = {
  describe: ({ namespace }) => `create namespace ${namespace}`,
  object: ({ namespace }) => namespace,
  undo: ({ namespace }) => ({ restores: 'everything', operation: { kind: 'dropNamespace', namespace } }),
  apply: (schema, { namespace }) => ({ ...schema, namespaces: [...(schema.namespaces ?? []), namespace] }),
};
