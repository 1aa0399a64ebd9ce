import { m } from '$lib/i18n/paraglide/messages.js';
import type { PlanningCell } from '$lib/domain/planning.ts';
import type { IconName } from '$lib/ui/icons.ts';

/** Never by colour alone: a sign, and a word for who does not see it. */
export const signs = {
  received: 'check',
  missing: 'warning',
  vacant: 'person-plus',
  cancelled: 'dash',
} as const satisfies Partial<Record<PlanningCell['state'], IconName>>;

/** Of conversation that waits for its theme. */
export const themelessSign = 'talk' satisfies IconName;

/** The sign of a state that has one. */
export const signOf = (state: PlanningCell['state']): IconName | undefined =>
  (signs as Partial<Record<PlanningCell['state'], IconName>>)[state];

const words = {
  received: m.planning_received,
  missing: m.planning_missing,
  vacant: m.planning_vacant,
  planned: m.planning_planned,
  cancelled: m.planning_cancelled,
  none: m.planning_none,
};

export const wordOf = (state: PlanningCell['state']): string => words[state]();
