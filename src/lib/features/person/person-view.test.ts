import { describe, expect, it } from 'vitest';
import type { AccountName, DeviceId, ParticipantId } from '$lib/domain/ids.ts';
import {
  enrolmentDocId,
  groupDocId,
  markDocId,
  occurrenceDocId,
  occurrenceId,
  rosterCardDocId,
  termDocId,
  venueDocId,
  workshopTypeDocId,
  type GroupId,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import type { Enrolment, Group, Mark, MarkStatus, Occurrence, WorkshopKind } from '$lib/domain/documents.ts';
import { absencesToTell, weeksOfPerson } from './person-view.ts';
import type { PersonInTerm } from './queries.ts';

const author = { at: '2023-10-02T08:00:00Z', by: 'elise' as AccountName, device: 'desk1' as DeviceId };
const base = { v: 1 as const, ...author };
const farid = 'farid1' as ParticipantId;
const room = 'salle' as VenueCode;

const group = (key: string, label: string, kind: WorkshopKind, venue = room): Group => ({
  ...base,
  _id: groupDocId(key as GroupId),
  type: 'group',
  group: key as GroupId,
  workshopType: kind as unknown as WorkshopTypeCode,
  label,
  venue,
  weekday: 1,
  start: '14:00',
  end: '16:00',
});

const meeting = (of: Group, date: string, week: number, state: Occurrence['state'] = 'held'): Occurrence => ({
  ...base,
  _id: occurrenceDocId(occurrenceId(of.group, date, '14:00')),
  type: 'occurrence',
  occurrence: occurrenceId(of.group, date, '14:00'),
  group: of.group,
  date,
  start: '14:00',
  end: '16:00',
  venue: of.venue,
  week,
  state,
});

const mark = ({ occurrence }: Occurrence, status: MarkStatus, reason?: Mark['reason']): Mark => ({
  ...base,
  _id: markDocId(occurrence, farid),
  type: 'mark',
  occurrence,
  participant: farid,
  status,
  history: [{ status, ...author }],
  ...(reason ? { reason } : {}),
});

const enrolled = (of: Group, to?: string): Enrolment => ({
  ...base,
  _id: enrolmentDocId(of.group, farid),
  type: 'enrolment',
  group: of.group,
  participant: farid,
  from: '2023-10-02',
  ...(to ? { to } : {}),
});

const types = (['conversation', 'socioprofessional'] as const).map((kind) => ({
  ...base,
  _id: workshopTypeDocId(kind as unknown as WorkshopTypeCode),
  type: 'workshopType' as const,
  workshopType: kind as unknown as WorkshopTypeCode,
  label: kind,
  kind,
  isMandatory: kind === 'socioprofessional',
  weeklyMinutes: 120,
  countsForAssiduity: true,
  hasOpenRoster: kind === 'conversation',
}));

const person = (facts: Partial<PersonInTerm>): PersonInTerm => ({
  term: {
    ...base,
    _id: termDocId('s3-2023' as TermCode),
    type: 'term',
    term: 's3-2023' as TermCode,
    label: 'S3.23',
    start: '2023-10-02',
    end: '2023-12-10',
    weeks: 10,
    daysOff: [],
    state: 'open',
  },
  card: {
    ...base,
    _id: rosterCardDocId(farid),
    type: 'rosterCard',
    participant: farid,
    firstName: 'Farid',
    sortKey: 'farid',
    screenLanguage: 'fr',
    isFrancophone: false,
    isProvisional: false,
  },
  enrolments: [],
  marks: [],
  groups: [],
  occurrences: [],
  workshopTypes: types,
  venues: [],
  ...facts,
});

const talk = group('talk', 'Conversation', 'conversation');
const socio = group('socio', 'Socioprofessionnel, groupe 1', 'socioprofessional');
const days = ['2023-10-02', '2023-10-09', '2023-10-16', '2023-10-23'];
const talks = days.map((date, index) => meeting(talk, date, index + 1));
const [first, second, third, fourth] = talks as [Occurrence, Occurrence, Occurrence, Occurrence];
const facts = { today: '2023-10-24', seesSensitivePlaces: false };

describe("a person's weeks", () => {
  it('put mandatory workshops first', () => {
    const weeks = weeksOfPerson(person({ groups: [talk, socio] }), facts);
    expect(weeks.map((one) => one.group.label)).toEqual(['Socioprofessionnel, groupe 1', 'Conversation']);
  });

  it('show a workshop where the person came without being enrolled', () => {
    const [weeks] = weeksOfPerson(
      person({ groups: [talk], occurrences: talks, marks: [mark(second, 'present')] }),
      facts,
    );
    expect(weeks?.strip).toMatchObject({ attended: 1, held: 1 });
  });

  it('keep the name of a place of care from a volunteer, and not from the coordination', () => {
    const clinic = {
      ...base,
      _id: venueDocId(room),
      type: 'venue' as const,
      venue: room,
      name: 'Clinique',
      isSensitive: true,
    };
    const found = person({ groups: [talk], venues: [clinic] });
    expect(weeksOfPerson(found, facts)[0]?.venue).toBeUndefined();
    expect(weeksOfPerson(found, { ...facts, seesSensitivePlaces: true })[0]?.venue?.name).toBe('Clinique');
  });

  it('name every day that comes back, and not a meeting moved once', () => {
    const thursdays = ['2023-10-05', '2023-10-12'].map((date, index) => meeting(talk, date, index + 1));
    const moved = meeting(talk, '2023-10-18', 3);
    const [weeks] = weeksOfPerson(
      person({ groups: [talk], occurrences: [...talks, ...thursdays, moved] }),
      facts,
    );
    expect(weeks?.weekdays).toEqual([1, 4]);
  });

  it('say until when, once the last enrolment of a group has ended', () => {
    const [weeks] = weeksOfPerson(
      person({ groups: [talk], enrolments: [enrolled(talk, '2023-10-20')] }),
      facts,
    );
    expect(weeks?.leftOn).toBe('2023-10-20');
    expect(
      weeksOfPerson(person({ groups: [talk], enrolments: [enrolled(talk)] }), facts)[0]?.leftOn,
    ).toBeUndefined();
  });
});

describe('absences to tell', () => {
  const told = (...marks: Mark[]) =>
    absencesToTell(
      person({ groups: [talk], enrolments: [enrolled(talk)], occurrences: talks, marks }),
      farid,
      facts.today,
    );

  it('are the last ones in a row without a known reason, with their dates', () => {
    expect(
      told(mark(first, 'absent'), mark(second, 'present'), mark(third, 'absent'), mark(fourth, 'absent')),
    ).toMatchObject([{ count: 2, dates: ['2023-10-16', '2023-10-23'] }]);
  });

  it('are of the groups followed today alone: who left, or is there no more but as a guest, is not called', () => {
    const away = [mark(third, 'absent'), mark(fourth, 'absent')];
    const toldOf = (...enrolments: Enrolment[]) =>
      absencesToTell(
        person({ groups: [talk], enrolments, occurrences: talks, marks: away }),
        farid,
        facts.today,
      );
    expect(toldOf(enrolled(talk, facts.today))).toHaveLength(1);
    expect(toldOf(enrolled(talk, '2023-10-23'))).toEqual([]);
    expect(toldOf(enrolled(socio))).toEqual([]);
    expect(toldOf()).toEqual([]);
  });

  it('are none when the person came since, or gave a reason', () => {
    expect(told(mark(first, 'absent'), mark(second, 'absent'), mark(third, 'late'))).toEqual([]);
    expect(told(mark(third, 'absent'), mark(fourth, 'absent', 'family'))).toEqual([]);
  });
});
