/** What a full file says of a person, in words. */
import { administrativeStatuses } from '../domain/documents/registry.ts';
import type { AdministrativeStatus, Mark, Participant, Referrer } from '../domain/documents.ts';
import type { Likeness } from '../domain/person-duplicates.ts';
import type { ParticipantFacts } from '../domain/participants.ts';
import { countryName } from './countries.ts';
import { fullDate } from './dates.ts';
import { departementName } from './departements.ts';
import { m } from './paraglide/messages.js';
import { languageName } from './participant-languages.ts';

export const genders = ['woman', 'man', 'other', 'unknown'] as const;

export const genderName = (gender: Participant['gender']): string =>
  ({
    woman: m.people_gender_woman,
    man: m.people_gender_man,
    other: m.people_gender_other,
    unknown: m.people_gender_unknown,
  })[gender]();

const statusNames: Record<AdministrativeStatus, () => string> = {
  asylumSeeker: m.people_status_asylum_seeker,
  refugee: m.people_status_refugee,
  subsidiaryProtection: m.people_status_subsidiary,
  temporaryProtection: m.people_status_temporary,
  stateless: m.people_status_stateless,
  otherPermit: m.people_status_other_permit,
  refused: m.people_status_refused,
  unknown: m.people_status_unknown,
};

/** A status that this version does not know shows as it is. */
export const statusName = (status: string): string =>
  (administrativeStatuses as readonly string[]).includes(status)
    ? statusNames[status as AdministrativeStatus]()
    : status;

export type FileField = keyof ParticipantFacts;

/** The name of a field. */
export const fieldName: Record<FileField, () => string> = {
  firstName: m.people_field_first_name,
  familyName: m.people_field_family_name,
  gender: m.people_field_gender,
  birthYear: m.people_field_birth_year,
  languages: m.people_field_languages,
  isFrancophone: m.people_field_francophone,
  departement: m.people_field_departement,
  country: m.people_field_country,
  statusHistory: m.people_field_status,
  consentAt: m.people_field_consent,
  lastContact: m.people_field_last_contact,
  phone: m.people_field_phone,
  referrer: m.people_field_referrer,
};

export const isFileField = (name: string): name is FileField => Object.hasOwn(fieldName, name);

/** « Claire Morel, CADA de Paris ». */
export const referrerName = ({ name, organisation }: Pick<Referrer, 'name' | 'organisation'>): string =>
  organisation ? `${name}, ${organisation}` : name;

/** The value of a field in words; empty where there is none. */
export function fieldValue(
  field: FileField,
  value: unknown,
  nameOfReferrer: (id: string) => string = (id) => id,
): string {
  if (value === undefined || value === null || value === '') return '';
  switch (field) {
    case 'gender':
      return genderName(value as Participant['gender']);
    case 'languages':
      return (value as string[]).map(languageName).join(', ');
    case 'isFrancophone':
      return value ? m.people_yes() : m.people_no();
    case 'departement':
      return departementName(String(value));
    case 'country':
      return countryName(String(value));
    case 'statusHistory':
      return (value as Participant['statusHistory'])
        .map(({ status, from }) =>
          m.people_status_since({ status: statusName(status), date: fullDate(from) }),
        )
        .join(', ');
    case 'consentAt':
    case 'lastContact':
      return fullDate(String(value));
    case 'referrer':
      return nameOfReferrer(String(value));
    case 'firstName':
    case 'familyName':
    case 'birthYear':
    case 'phone':
      return String(value);
    default:
      return field satisfies never;
  }
}

/** What two files have in common. */
export const likenessWord = (likeness: Likeness): string =>
  ({
    sameName: m.people_like_same_name,
    closeName: m.people_like_close_name,
    samePhone: m.people_like_same_phone,
    sameBirthYear: m.people_like_same_birth_year,
  })[likeness]();

/** An answer in a word; none is one as well. */
export function answerWord(status: Mark['status']): string {
  switch (status) {
    case 'present':
      return m.person_status_present();
    case 'late':
      return m.person_status_late();
    case 'leftEarly':
      return m.person_status_left_early();
    case 'excused':
      return m.person_status_excused();
    case 'absent':
      return m.person_status_absent();
    case null:
      return m.person_unmarked();
    default:
      return status satisfies never;
  }
}
