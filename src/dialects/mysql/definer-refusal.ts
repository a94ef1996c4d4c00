import type { Operation } from '../../operations/index.ts';
import type { Refusal } from '../dialect.ts';
import type { Flavor } from './flavor.ts';
import { literal } from './quote.ts';

/**
 * A view or trigger that runs as somebody else can be made again only with a right of its own: to find that out after
 * the old one is dropped is too late. What a role gives the catalogs do not tell, so a role is believed to give it.
 */
export function definerRefusal(flavor: Flavor, operation: Operation): Refusal | undefined {
  const made = madeAgain(operation);
  const definer = made?.storage?.['definer'];
  if (!made || typeof definer !== 'string') return undefined;
  const [right = ''] = flavor.definerRights;
  return {
    what: `make ${made.name} run as ${definer} again`,
    manual: flavor.manual.createView,
    right,
    statement: {
      text: `select current_user() as \`user\` where current_user() <> ${literal(definer)}
        and not exists (select 1 from information_schema.enabled_roles where role_name is not null)
        and not exists (select 1 from information_schema.user_privileges where privilege_type in (${flavor.definerRights.map(literal).join(', ')})
          and grantee = concat('''', replace(current_user(), '@', '''@'''), ''''))`,
    },
  };
}

function madeAgain(
  operation: Operation,
): { name: string; storage?: Readonly<Record<string, string | true>> } | undefined {
  if (operation.kind === 'createView') return operation.view;
  return operation.kind === 'createTrigger' ? operation.trigger : undefined;
}
