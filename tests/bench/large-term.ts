/** A term of 300 people, 40 groups, 10 weeks and 15,000 marks, as documents: synthetic, the same at every run. */
import type { AnyDocument, Author } from '../../src/lib/domain/documents.ts';
import { newGroup, newOccurrence, newShifts } from '../../src/lib/domain/groups.ts';
import {
  closingDocId,
  enrolmentDocId,
  markDocId,
  participantDocId,
  rosterCardDocId,
  siteDocId,
  termDocId,
  venueDocId,
  volunteerDocId,
  workshopTypeDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type SiteCode,
  type TermCode,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from '../../src/lib/domain/ids.ts';
import { addDays, mondayOf } from '../../src/lib/domain/local-time.ts';
import { sortKeyOf } from '../../src/lib/domain/names.ts';
import { plannedOccurrences } from '../../src/lib/domain/schedule.ts';

const people = 300;
const groups = 40;
const marksInAll = 15_000;

const kinds = ['socioprofessional', 'language', 'digital', 'conversation', 'practical', 'cultural'] as const;
const firstNames = [
  'Amina',
  'Samir',
  'Fatou',
  'Yusuf',
  'Leïla',
  'Omid',
  'Grace',
  'Tariq',
  'Nadia',
  'Ibrahim',
];
const families = [
  'Diallo',
  'Rahimi',
  'Mukendi',
  'Haidari',
  'Barry',
  'Tesfaye',
  'Karimi',
  'Ndiaye',
  'Sow',
  'Noori',
];

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** @param today local date, in the eighth week of the term */
export function largeTerm(today: string): {
  commons: AnyDocument[];
  registry: AnyDocument[];
  term: AnyDocument[];
} {
  const start = addDays(mondayOf(today), -49);
  const author: Author = {
    at: `${addDays(start, -14)}T09:00:00.000Z`,
    by: 'elise' as AccountName,
    device: 'desk' as DeviceId,
  };
  const code = 's3-2026' as TermCode;
  const calendar = {
    start,
    end: addDays(start, 69),
    weeks: 10,
    daysOff: [] as string[],
    state: 'open' as const,
  };
  const meta = { v: 1 as const, ...author };

  const commons: AnyDocument[] = [
    {
      _id: siteDocId('bench' as SiteCode),
      type: 'site',
      ...meta,
      site: 'bench' as SiteCode,
      name: 'Banc',
      timezone: 'Europe/Paris',
      publicHolidays: 'FR',
      nameDisplay: 'full',
      languages: ['fr', 'en'],
      terms: [{ term: code, label: 'S3', start, end: calendar.end, state: 'open' }],
    },
    ...kinds.map((kind): AnyDocument => {
      const workshopType = kind as string as WorkshopTypeCode;
      const fixed = {
        isMandatory: false,
        weeklyMinutes: 120,
        countsForAssiduity: false,
        hasOpenRoster: false,
      };
      return {
        _id: workshopTypeDocId(workshopType),
        type: 'workshopType',
        ...meta,
        workshopType,
        label: kind,
        kind,
        ...fixed,
      };
    }),
    ...numbered(8, (n): AnyDocument => {
      const venue = `room${n}` as VenueCode;
      return { _id: venueDocId(venue), type: 'venue', ...meta, venue, name: `Salle ${n + 1}` };
    }),
  ];

  const ids = numbered(people, (n) => `p${String(n).padStart(13, '0')}` as ParticipantId);
  const names = numbered(people, (n) => ({
    firstName: firstNames[n % 10] ?? '',
    familyName: `${families[Math.floor(n / 10) % 10]} ${String.fromCharCode(65 + Math.floor(n / 100))}`,
  }));
  const registry = ids.map((participant, n): AnyDocument => {
    const { firstName = '', familyName = '' } = names[n] ?? {};
    return {
      _id: participantDocId(participant),
      type: 'participant',
      ...meta,
      participant,
      firstName,
      familyName,
      gender: 'woman',
      languages: ['fr'],
      isFrancophone: true,
      statusHistory: [],
    } as unknown as AnyDocument;
  });

  const volunteers = numbered(groups, (n) => `v${String(n).padStart(13, '0')}` as VolunteerId);
  const term: AnyDocument[] = [
    { _id: termDocId(code), type: 'term', ...meta, term: code, label: 'S3', ...calendar },
    ...volunteers.map((volunteer, n): AnyDocument => {
      const name = `${firstNames[n % 10]} ${families[(n * 3) % 10]}`;
      return {
        _id: volunteerDocId(volunteer),
        type: 'volunteer',
        ...meta,
        volunteer,
        name,
        kind: 'volunteer',
      };
    }),
    ...ids.map((participant, n): AnyDocument => {
      const name = names[n] ?? { firstName: '', familyName: '' };
      const shown = { screenLanguage: 'fr', isFrancophone: true, isProvisional: false };
      return {
        _id: rosterCardDocId(participant),
        type: 'rosterCard',
        ...meta,
        participant,
        ...name,
        sortKey: sortKeyOf(name),
        ...shown,
      };
    }),
  ];
  let left = marksInAll;
  for (let n = 0; n < groups; n++) {
    const group = newGroup(
      `g${String(n).padStart(13, '0')}` as GroupId,
      {
        workshopType: kinds[n % 4] as string as WorkshopTypeCode,
        label: `${kinds[n % 4]}, groupe ${Math.floor(n / 4) + 1}`,
        venue: `room${n % 8}` as VenueCode,
        slots: [
          {
            weekday: (n % 5) + 1,
            start: `${String(9 + 2 * Math.floor(n / 10)).padStart(2, '0')}:00`,
            end: `${11 + 2 * Math.floor(n / 10)}:00`,
          },
        ],
        capacity: 40,
        team: [
          { volunteer: volunteers[n] as VolunteerId, role: 'lead' },
          { volunteer: volunteers[(n + 1) % groups] as VolunteerId, role: 'co' },
        ],
      },
      author,
    );
    const list = numbered(38, (m) => ids[(n * 7 + m * 3) % people] as ParticipantId);
    const occurrences = plannedOccurrences(group, calendar).map((planned) =>
      newOccurrence(planned, group.group, author),
    );
    term.push(group, ...occurrences);
    term.push(...newShifts(occurrences, n % 9 === 8 ? [] : (group.team ?? []), [], author));
    for (const participant of list)
      term.push({
        _id: enrolmentDocId(group.group, participant),
        type: 'enrolment',
        ...meta,
        group: group.group,
        participant,
        from: start,
      });
    for (const { occurrence, date } of occurrences) {
      const at = `${date}T12:00:00.000Z`;
      const said = { at, by: author.by, device: author.device };
      for (const participant of list) {
        if (left === 0) break;
        left -= 1;
        const status = left % 7 ? ('present' as const) : ('absent' as const);
        term.push({
          _id: markDocId(occurrence, participant),
          type: 'mark',
          v: 1,
          ...said,
          occurrence,
          participant,
          status,
          history: [{ ...said, status }],
        });
      }
      if (date >= addDays(today, -3)) continue;
      const counts = { present: 32, late: 0, leftEarly: 0, excused: 0, absent: 6, unmarked: 0 };
      term.push({
        _id: closingDocId(occurrence),
        type: 'closing',
        v: 1,
        ...said,
        occurrence,
        state: 'closed',
        closedAt: at,
        counts,
        history: [{ ...said, state: 'closed', counts }],
      });
    }
  }
  return { commons, registry, term };
}
