import type { EventPayload } from '../../src/history/event.ts';
import { describeOperation, undoOperation } from '../../src/operations/index.ts';
import type { PlanStep } from '../../src/plan/plan-file.ts';

/** The steps that take events back, last one first, by nothing but the undo that the log holds. */
export function undoSteps(events: readonly EventPayload[], migration: string): PlanStep[] {
  return events.toReversed().flatMap(({ step, undo }): PlanStep[] => {
    if (!undo || undo.restores === 'nothing') return [];
    const { operation } = undo;
    return [
      {
        id: `u${step}`,
        migration,
        class: 'widening',
        operation,
        summary: describeOperation(operation),
        sql: [],
        undo: undoOperation(operation),
        risks: [],
        needs: [],
      },
    ];
  });
}
