import { tablesOf, type Operation } from '../operations/index.ts';
import { partsOf } from '../operations/alter-table.ts';
import { parseTableKey } from '../schema/names.ts';
import type { EventPayload } from './event.ts';
import { changesOf } from './touched-objects.ts';

/** The namespaces, besides the default one, of all that the log ever changed. */
export function namespacesOfLog(payloads: readonly EventPayload[]): readonly string[] {
  const operations = payloads.flatMap(changesOf).flatMap(partsOf);
  return [...new Set(operations.flatMap(namespacesOf))].toSorted();
}

function namespacesOf(operation: Operation): string[] {
  if ('namespace' in operation) return [operation.namespace];
  return [...tablesOf(operation), ...namesOf(operation)].flatMap((key) => parseTableKey(key).namespace ?? []);
}

function namesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createView':
    case 'dropView':
      return [operation.view.name];
    case 'replaceView':
      return [operation.to.name];
    case 'createEnum':
    case 'dropEnum':
      return [operation.enum.name];
    case 'alterEnum':
      return [operation.name];
    default:
      return [];
  }
}
