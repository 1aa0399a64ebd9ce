/** Why a meeting does not take place, as everybody will read it. */
import { longestReason } from '../domain/occurrence-edits.ts';
import { m } from './paraglide/messages.js';

/** The reasons to choose from; « other » is the last, and wants words. */
export const cancelReasons = (): string[] => [
  m.planning_reason_nobody(),
  m.planning_reason_room(),
  m.planning_reason_holiday(),
  m.planning_reason_transport(),
  m.planning_reason_weather(),
  m.planning_reason_other(),
];

export const isOtherReason = (chosen: string | undefined) => chosen === m.planning_reason_other();

/** The choice and the words beside it; of « other », the words alone. Empty when neither is given. */
export const cancelReason = (chosen: string | undefined, details: string): string =>
  [isOtherReason(chosen) ? '' : chosen, details.trim()].filter(Boolean).join(' — ').slice(0, longestReason);
