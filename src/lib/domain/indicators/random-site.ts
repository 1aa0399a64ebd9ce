/**
 * A site made from a seed, with all that happens in one: late entries, exits, changes of group, returns, catch-ups,
 * walk-ins, files that became one, lists left open, headcounts, meetings cancelled. For tests and benches: what is
 * drawn is no figure of anybody's.
 */
import { randomFrom, type Random } from '../demo-year/random.ts';
import type { AnyDocument, Author, Participant, WorkshopKind } from '../documents.ts';
import { exitReasons } from '../documents/term.ts';
import {
  exitDocId,
  participantDocId,
  siteDocId,
  type AccountName,
  type DeviceId,
  type ParticipantId,
  type SiteCode,
  type TermCode,
} from '../ids.ts';
import { addDays } from '../local-time.ts';
import { standardVenues, standardWorkshopTypes } from '../standard-programme.ts';
import { randomTerm } from './random-term.ts';
import type { SiteDocuments } from './site-reading.ts';

export interface RandomSize {
  readonly site: string;
  readonly terms: number;
  readonly weeks: number;
  /** People of a term. */
  readonly people: number;
  /** Groups by kind of workshop. */
  readonly groups: Readonly<Partial<Record<WorkshopKind, number>>>;
  /** In each group. */
  readonly places: number;
}

const author: Author = {
  at: '2024-01-08T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};

export function randomSite(seed: string | number, size: RandomSize): SiteDocuments {
  const random = randomFrom(seed, size.site);
  const site = size.site as SiteCode;
  const people = Array.from({ length: size.people }, () => random.key() as ParticipantId);
  const absorbed = new Map<ParticipantId, ParticipantId>();
  const terms = Array.from({ length: size.terms }, (_, place) => {
    const term = `t${place + 1}` as TermCode;
    // Some stay from term to term, the rest are new.
    const own = people.map((one) =>
      place > 0 && random.chance(0.8) ? (random.key() as ParticipantId) : one,
    );
    const start = addDays('2021-01-04', place * 119);
    return { own, ...randomTerm({ random, term, start, size, people: own, author, absorbed }) };
  });
  const everybody = new Set([...terms.flatMap(({ own }) => own), ...absorbed.keys()]);
  return {
    commons: [
      {
        ...{ _id: siteDocId(site), type: 'site', v: 1, ...author, site, name: size.site },
        ...{ timezone: 'Europe/Paris', publicHolidays: 'FR', nameDisplay: 'full', languages: [], terms: [] },
      },
      ...standardWorkshopTypes(author),
      ...standardVenues(author),
    ],
    registry: [
      ...[...everybody].flatMap((one) => fileOf(one, absorbed.get(one), random)),
      ...terms.flatMap(({ exits }) =>
        exits.flatMap(({ group, participant, date }): AnyDocument[] =>
          random.chance(0.7)
            ? [
                {
                  ...{ _id: exitDocId(group, participant), type: 'exit', v: 1, ...author },
                  ...{ group, participant, date, term: 't' as TermCode, reason: random.pick(exitReasons) },
                },
              ]
            : [],
        ),
      ),
    ],
    terms: terms.map(({ documents }) => documents),
  };
}

/** Now and then a person has no file yet. */
function fileOf(
  participant: ParticipantId,
  mergedInto: ParticipantId | undefined,
  random: Random,
): Participant[] {
  if (mergedInto === undefined && random.chance(0.05)) return [];
  return [
    {
      ...{ _id: participantDocId(participant), type: 'participant', v: 1, ...author, participant },
      firstName: 'Nour',
      familyName: participant.slice(0, 6),
      gender: random.pick(['woman', 'man', 'woman', 'man', 'woman', 'man', 'unknown', 'other']),
      languages: ['ar'],
      isFrancophone: random.chance(0.4),
      ...(random.chance(0.9) ? { departement: random.pick(['75', '75', '93', '94', '78']) } : {}),
      ...(random.chance(0.8) ? { country: random.pick(['AF', 'CD', 'GN', 'BD', 'TR']) } : {}),
      statusHistory: [],
      ...(mergedInto === undefined ? {} : { mergedInto }),
    },
  ];
}
