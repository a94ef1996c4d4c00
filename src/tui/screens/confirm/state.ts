import type { ChangeClass } from '../../../operations/change-class.ts';
import { countChanges, hasWork, type PlanFile } from '../../../plan/plan-file.ts';
import { nameToType } from '../../confirmation.ts';
import { scrolled } from '../../cursor.ts';
import type { Overview } from '../../engine.ts';
import { edited, wordOf, type KeyPress } from '../../key-press.ts';
import { ask, show, stay, type State, type Turn } from '../../state.ts';
import { openPlan } from '../plan/open-plan.ts';
import { openProgress } from '../progress/state.ts';
import { openQuestions } from '../questions/state.ts';

/** The last look before anything runs. `expects` is what has to be typed. */
export interface ConfirmScreen {
  readonly name: 'confirm';
  readonly expects?: string;
  readonly typed: string;
  readonly scroll: number;
}

/** Asks for leave; says instead why there is nothing to give leave to. */
export function openConfirm(state: State): Turn {
  const { overview } = state;
  if (!overview || state.activity) return stay(state);
  if (overview.plan.questions?.length) return openQuestions(state);
  const obstacle = obstacleOf(overview);
  if (obstacle !== undefined) return stay({ ...state, notice: obstacle });
  const expects = mustBeTyped(overview) ? nameToType(overview.place.database) : undefined;
  return show(state, { name: 'confirm', typed: '', scroll: 0, ...(expects !== undefined && { expects }) });
}

/** Why a plan cannot be run; `undefined` where it can. */
function obstacleOf({ plan, release, interrupted }: Overview): string | undefined {
  if (plan.blocked.length > 0) return 'The plan is blocked: nothing runs until that is seen to';
  if (release.standing === 'older') return 'The database belongs to a newer release: this one changes nothing';
  if (release.standing === 'diverged') return 'The database belongs to a release that parted from this one';
  if (hasWork(plan) || interrupted.length > 0) return undefined;
  return plan.withheld.length > 0 ? 'Nothing runs: all of it is withheld (space includes a change)' : 'Nothing to do';
}

/** Values may go, or the database is a production one. */
export function mustBeTyped({ plan, place }: Pick<Overview, 'plan' | 'place'>): boolean {
  return place.environment === 'production' || countByClass(plan).destructive > 0;
}

/** How many steps there are of each class, those of files among them. */
export function countByClass({ steps, files = [] }: PlanFile): Readonly<Record<ChangeClass, number>> {
  const count = { additive: 0, widening: 0, rebuilding: 0, 'data-dependent': 0, destructive: 0, 'not-ours': 0 };
  for (const step of [...files.flatMap((file) => file.steps), ...steps]) count[step.class] += 1;
  return count;
}

export function updateConfirm(state: State, screen: ConfirmScreen, press: KeyPress): Turn {
  const word = wordOf(press);
  if (word === 'escape') return show(state, openPlan(state));
  if (screen.expects === undefined) {
    if (word === 'enter') return run(state);
  } else {
    if (word === 'enter')
      return screen.typed === screen.expects
        ? run(state)
        : stay({ ...state, notice: `Type ${screen.expects} and press enter, or esc to go back` });
    const typed = edited(screen.typed, press);
    if (typed !== undefined) return show(state, { ...screen, typed });
  }
  return show(state, { ...screen, scroll: scrolled(press, screen.scroll, state) });
}

function run(state: State): Turn {
  const { overview, decisions } = state;
  if (!overview) return stay(state);
  const { plan, reviewHash: hash, release } = overview;
  const screen = openProgress({ doing: 'migrate', total: countChanges(plan), since: state.now, dialect: plan.dialect });
  return ask({ ...state, screen }, 'migrating', {
    kind: 'migrate',
    review: {
      ...decisions,
      hash,
      redo: release.standing === 'ahead',
    },
  });
}
