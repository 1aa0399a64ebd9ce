/** The attestation de présence of one person: what they attended, workshop by workshop, as the figures count it. */
import type { WorkshopKind } from './documents.ts';
import { workshopKinds } from './documents/commons.ts';
import type { ParticipantId } from './ids.ts';
import type { Facts } from './indicators/facts.ts';

interface CertificateRow {
  readonly kind: WorkshopKind;
  readonly term: string;
  /** Meetings attended: there, or late or gone early with at least half of it attended. */
  readonly meetings: number;
  /** Whole minutes of being there, whether or not they make a meeting attended. */
  readonly minutes: number;
}

export interface Certificate {
  readonly participant: ParticipantId;
  readonly organisation: string;
  readonly name: string;
  /** Local dates, both included; meetings after the last are not in it. */
  readonly from: string;
  readonly to: string;
  readonly rows: readonly CertificateRow[];
  readonly meetings: number;
  readonly minutes: number;
  /** Meetings at which nobody said anything of them, on a day on which they were on the list. */
  readonly unmarked: number;
}

/** @param facts of a scope that says which terms are counted: nothing is counted here a second time */
export function certificateOf(
  facts: Facts,
  person: Pick<Certificate, 'participant' | 'organisation' | 'name' | 'from' | 'to'>,
): Certificate {
  const { participant } = person;
  const orderOf = new Map(facts.terms.map(({ term }, place) => [term, place]));
  const labelOf = new Map(facts.terms.map(({ term, label }) => [term, label]));
  const rows = facts.tables.presences
    .filter((row) => row.participant === participant && row.minutes > 0)
    .sort(
      (a, b) =>
        (orderOf.get(a.term) ?? 0) - (orderOf.get(b.term) ?? 0) ||
        workshopKinds.indexOf(a.kind) - workshopKinds.indexOf(b.kind),
    )
    .map(({ kind, term, presences, minutes }) => ({
      ...{ kind, minutes },
      term: labelOf.get(term) ?? term,
      meetings: presences,
    }));
  return {
    ...person,
    rows,
    meetings: rows.reduce((sum, { meetings }) => sum + meetings, 0),
    minutes: rows.reduce((sum, { minutes }) => sum + minutes, 0),
    unmarked:
      facts.tables.inscriptions
        .filter((row) => row.participant === participant)
        .reduce((sum, row) => sum + row.unmarked, 0) +
      facts.tables.meetings.filter(({ unmarkedSignUps }) => unmarkedSignUps.includes(participant)).length,
  };
}
