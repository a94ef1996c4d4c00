import type { CreateNamespace } from './create-namespace.ts';
import type { OperationDefinition } from './definition.ts';

/** Drops a namespace that holds nothing any more; the database refuses any other. */
export interface DropNamespace {
  readonly kind: 'dropNamespace';
  readonly namespace: string;
}

export const dropNamespace: OperationDefinition<DropNamespace, CreateNamespace> = {
  describe: ({ namespace }) => `drop namespace ${namespace}`,
  object: ({ namespace }) => namespace,
  undo: ({ namespace }) => ({ restores: 'everything', operation: { kind: 'createNamespace', namespace } }),
  apply: ({ namespaces = [], ...schema }, { namespace }) => {
    const kept = namespaces.filter((name) => name !== namespace);
    return kept.length === 0 ? schema : { ...schema, namespaces: kept };
  },
};
