/**
 * What every figure is counted from, and what stands behind it: rows with opaque ids and no names. A dimension that is
 * not known is `undefined`: the row is in the total and out of the split.
 */
import type { ExitReason, Participant, Volunteer, WorkshopKind } from '../documents.ts';
import type { GroupId, OccurrenceId, ParticipantId, SiteCode, TermCode, ThemeId } from '../ids.ts';

interface OfTerm {
  readonly site: SiteCode;
  readonly term: TermCode;
}

interface OfPerson {
  readonly participant: ParticipantId;
  readonly gender: Exclude<Participant['gender'], 'unknown'> | undefined;
  readonly departement: string | undefined;
  readonly country: string | undefined;
  /** Whether a file says so, or the card of the term. */
  readonly speech: 'francophone' | 'allophone' | undefined;
}

/** One person × term × workshop type. */
export interface InscriptionRow extends OfTerm, OfPerson {
  readonly kind: WorkshopKind;
  readonly workshopType: string;
  /** The group followed last. */
  readonly group: GroupId;
  /** In which that group is held. */
  readonly language: string | undefined;
  readonly due: number;
  readonly attended: number;
  /** Excused, and not caught up. */
  readonly excused: number;
  /** Due on a day on which they were on the list, and nobody said anything. */
  readonly unmarked: number;
  /** For the team alone. */
  readonly dueSinceEntry: number;
  readonly isEngaged: boolean;
  readonly isAssidu: boolean;
  readonly isAssiduWithoutExcused: boolean;
  /** Would be assidu, had they been there whenever nothing was said of them. */
  readonly restsOnUnmarked: boolean;
  /** A local date: an exit before the last occurrence held. */
  readonly leftOn: string | undefined;
  readonly exitReason: ExitReason | undefined;
}

/** One person × term: which of the weekly workshops they followed, as `digital+socioprofessional`. */
export interface PersonTermRow extends OfTerm, OfPerson {
  readonly enrolledIn: string;
  /** With at least one presence in each; `undefined` for nobody who came to none. */
  readonly combination: string | undefined;
}

/** One meeting that was held, or cancelled. */
export interface MeetingRow extends OfTerm {
  readonly occurrence: OccurrenceId;
  readonly group: GroupId;
  readonly kind: WorkshopKind;
  readonly date: string;
  /** Of the term, from 1, in two digits. */
  readonly week: string;
  readonly state: 'held' | 'cancelled';
  /** A room's code, or the words that stand for it. */
  readonly venue: string;
  /** None of a cancelled meeting. */
  readonly minutes: number;
  /** With at least one volunteer. */
  readonly ledMinutes: number;
  /** Two volunteers who lead together count twice here. */
  readonly volunteerMinutes: number;
  readonly facilitators: number;
  /** Enrolled on that day. */
  readonly expected: number;
  readonly came: number;
  readonly excused: number;
  /** Of those expected, and of those who signed up and have a place, who have no answer. */
  readonly unmarked: number;
  /** Of them, those who are on the list because they signed up, in the order of their turns. */
  readonly unmarkedSignUps: readonly ParticipantId[];
  /** Came without being enrolled: catch-up, open list, walk-in. */
  readonly guests: number;
  /** All who were there: the headcount, where more were counted than named. */
  readonly attendance: number;
  readonly headcount: number | undefined;
  readonly marks: number;
  readonly isClosed: boolean;
  readonly theme: ThemeId | undefined;
  /** What the hosts said of the energy, added up, and how many of them. */
  readonly energy: number;
  readonly energies: number;
}

/** One person × term × kind of workshop, with at least one presence, enrolled or not. */
export interface PresenceRow extends OfTerm, OfPerson {
  readonly kind: WorkshopKind;
  readonly presences: number;
  /** Minutes that they were there. */
  readonly minutes: number;
  readonly isProvisional: boolean;
}

/** What one person received in French lessons over all that is counted. */
export interface FrenchRow extends OfPerson {
  readonly minutes: number;
  readonly band: FrenchBand;
  /** The step of twenty hours that they are in, by its first: `040` from 40 to under 60. */
  readonly hours: string;
}
export type FrenchBand = 'under60' | 'from60to120' | 'over120';

/** One facilitator × term × kind of workshop, with at least one meeting held. */
export interface FacilitatorRow extends OfTerm {
  readonly kind: WorkshopKind;
  /** The account, or else the id: one person in every term. */
  readonly facilitator: string;
  readonly facilitatorKind: Volunteer['kind'];
  readonly meetings: number;
  readonly minutes: number;
}

export interface GroupRow extends OfTerm {
  readonly kind: WorkshopKind;
  readonly group: GroupId;
  readonly language: string | undefined;
  readonly inscriptions: number;
  readonly meetings: number;
}

export interface VenueRow extends OfTerm {
  readonly kind: WorkshopKind;
  /** A room's code, or the words that stand for it. */
  readonly venue: string;
  readonly meetings: number;
}

export interface Tables {
  readonly inscriptions: readonly InscriptionRow[];
  readonly personTerms: readonly PersonTermRow[];
  readonly meetings: readonly MeetingRow[];
  readonly presences: readonly PresenceRow[];
  readonly french: readonly FrenchRow[];
  readonly facilitators: readonly FacilitatorRow[];
  readonly groups: readonly GroupRow[];
  readonly venues: readonly VenueRow[];
}
export type TableName = keyof Tables;
export type RowOf<Name extends TableName> = Tables[Name][number];
