import type { ParticipantId } from '$lib/domain/ids.ts';

/** Two columns of five cards of 85 × 54 mm on an A4 sheet. */
export const cardsASheet = 10;

export interface PrintedBadge {
  readonly participant: ParticipantId;
  readonly badge: string;
  /** The name to call, printed only where it is asked for. */
  readonly name: string;
  readonly screenLanguage: string;
}
