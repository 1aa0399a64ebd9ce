/** What the sheet of the team's page is open for. */
import type { Occurrence, Shift } from '$lib/domain/documents.ts';
import type { VolunteerId } from '$lib/domain/ids.ts';

export type TeamTask =
  | { kind: 'person' | 'giveGroup' | 'giveMeeting' | 'addPast'; of: VolunteerId }
  | { kind: 'facts'; of: VolunteerId | undefined }
  | { kind: 'who'; occurrence: Occurrence; absent?: Shift }
  | { kind: 'carry' };
