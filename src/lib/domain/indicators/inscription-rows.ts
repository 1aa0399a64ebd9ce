/** One row an inscription: how the workshop went for the person, by the counting rule itself (assiduity.ts). */
import {
  arrange,
  followedOf,
  inscriptionsOf,
  lastStayOf,
  type Attendance,
  type Inscription,
} from '../assiduity.ts';
import type { Enrolment, WorkshopKind } from '../documents.ts';
import { staysOf } from '../enrolments.ts';
import { exitReasonOf } from '../exits.ts';
import type { ParticipantId } from '../ids.ts';
import { aboutPerson } from './about-people.ts';
import type { InscriptionRow, PersonTermRow } from './rows.ts';
import type { TermReading } from './term-reading.ts';

/** Enrolments that are no inscriptions, by why. */
export interface LeftOut {
  /** Ended before they began. */
  readonly cancelled: readonly Enrolment[];
  /** A walk-in's: a coordinator validates it first. */
  readonly provisional: readonly Enrolment[];
  /** Of a group, or a kind of workshop, that is not known. */
  readonly astray: readonly Enrolment[];
}

/** The weekly workshops that a person follows over a term; the others are met once, or open to all. */
export const weeklyKinds: readonly WorkshopKind[] = ['socioprofessional', 'language', 'digital'];

const combined = (kinds: Iterable<WorkshopKind>) => {
  const all = new Set(kinds);
  return weeklyKinds.filter((kind) => all.has(kind)).join('+') || undefined;
};

export function inscriptionRows(reading: TermReading): {
  readonly rows: InscriptionRow[];
  readonly leftOut: LeftOut;
} {
  const { enrolments, groups, cards, site } = reading;
  const cancelled: Enrolment[] = [];
  const provisional: Enrolment[] = [];
  const astray: Enrolment[] = [];
  const counted = enrolments.filter((enrolment) => {
    const group = groups.get(enrolment.group);
    const isAstray = group === undefined || site.kindOf(group.workshopType) === undefined;
    const why = isAstray
      ? astray
      : staysOf(enrolment).length === 0
        ? cancelled
        : cards.get(enrolment.participant)?.isProvisional
          ? provisional
          : undefined;
    why?.push(enrolment);
    return why === undefined;
  });
  const { occurrences, marks } = reading;
  const attendance = arrange({ groups: groups.values(), occurrences, marks, timeZone: site.timeZone });
  const rows = inscriptionsOf(counted, groups.values()).map((one) => rowOf(one, attendance, reading));
  return { rows, leftOut: { cancelled, provisional, astray } };
}

function rowOf(inscription: Inscription, attendance: Attendance, reading: TermReading): InscriptionRow {
  const { site, term, groups } = reading;
  const { participant, workshopType } = inscription;
  const followed = followedOf(inscription, attendance);
  const last = lastStayOf(inscription);
  const { due, attended, unmarkedOnList: unmarked, isEngaged, isAssidu, leftOn } = followed;
  return {
    ...{ site: site.site, term: term.term },
    ...aboutPerson(participant, reading),
    kind: site.kindOf(workshopType) ?? 'practical',
    workshopType,
    group: last.group,
    language: groups.get(last.group)?.language,
    ...{ due, attended, unmarked, isEngaged, isAssidu, leftOn },
    excused: followed.excusedAndMissed,
    dueSinceEntry: followed.dueSinceEntry,
    isAssiduWithoutExcused: followed.isAssiduWithoutExcused,
    restsOnUnmarked: followed.restsOnUnmarked,
    exitReason: leftOn === undefined ? undefined : exitReasonOf(last, site.exitOf(last.group, participant)),
  };
}

/** One row a person and term, of rows of inscriptions of one term. */
export function personTermRows(
  inscriptions: readonly InscriptionRow[],
  reading: TermReading,
): PersonTermRow[] {
  const byPerson = Map.groupBy<ParticipantId, InscriptionRow>(inscriptions, ({ participant }) => participant);
  return [...byPerson].flatMap(([participant, own]) => {
    const enrolledIn = combined(own.map(({ kind }) => kind));
    if (enrolledIn === undefined) return [];
    const combination = combined(own.flatMap(({ kind, isEngaged }) => (isEngaged ? [kind] : [])));
    const { site, term } = reading;
    return [
      {
        ...{ site: site.site, term: term.term },
        ...aboutPerson(participant, reading),
        enrolledIn,
        combination,
      },
    ];
  });
}
