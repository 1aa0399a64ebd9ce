/**
 * The year 2023 of the demonstration, made from a seed: synthetic people, and everything that was published about the
 * real year's numbers. It is at once the demo data and the test of the counting rules, so it is made of documents
 * only: whoever wants a figure counts.
 */
import type { AnyDocument, Author, Device, Participant } from '../documents.ts';
import {
  commonsDatabase,
  deviceDocId,
  opaqueKey,
  participantDocId,
  registryDatabase,
  termDatabase,
  type AccountName,
  type DeviceId,
  type TermCode,
} from '../ids.ts';
import { addDays, instantOf } from '../local-time.ts';
import { standardVenues, standardWorkshopTypes } from '../standard-programme.ts';
import { demoSite, demoSiteDocument, demoThemes, demoTimeZone } from './commons.ts';
import { facilitatorsOf } from './facilitators.ts';
import { peopleOf, type Person } from './people.ts';
import { randomFrom } from './random.ts';
import { termDocuments } from './term-documents.ts';
import { timetable, type TermPlan } from './timetable.ts';

interface DemoAccount {
  readonly name: AccountName;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly kind: 'volunteer' | 'host' | 'coordinator';
}

export interface DemoYear {
  /** Documents without revisions, by the name of their database. */
  readonly databases: ReadonlyMap<string, readonly AnyDocument[]>;
  readonly accounts: readonly DemoAccount[];
}

const openTerm = 's3-2023' as TermCode;
const ofTheTerm = [`volunteer:${demoSite}:${openTerm}`];

const accounts: readonly DemoAccount[] = [
  { name: 'maia' as AccountName, displayName: 'Maïa Lescure', roles: ofTheTerm, kind: 'volunteer' },
  { name: 'jean' as AccountName, displayName: 'Jean Marchetti', roles: ofTheTerm, kind: 'volunteer' },
  { name: 'lucie' as AccountName, displayName: 'Lucie Abgrall', roles: ofTheTerm, kind: 'host' },
  {
    name: 'elise' as AccountName,
    displayName: 'Élise Fontanier',
    roles: [`coordinator:${demoSite}`],
    kind: 'coordinator',
  },
];

/**
 * Makes the year. The same options give the same documents.
 * @param options.seed any text
 * @param options.today local date (`yyyy-mm-dd`) in Paris
 * @param options.moved whether the third term is moved so that `today` falls in its eighth week, taken until the day
 *   before (the demonstration); else it stands where it was, from October to December 2023, and is over
 */
export function generateDemoYear(options: {
  readonly seed: string;
  readonly today: string;
  readonly moved?: boolean;
}): DemoYear {
  const { seed, today, moved = true } = options;
  const terms = timetable(moved ? today : undefined);
  const people = peopleOf(seed);
  const facilitators = facilitatorsOf(seed);
  const devices = new Map(
    accounts.map(({ name }) => [name, randomFrom(seed, 'device', name).key() as DeviceId]),
  );
  const desk = devices.get('elise' as AccountName) ?? (opaqueKey(new Uint8Array(14)) as DeviceId);
  const deviceOf = (account: AccountName) => devices.get(account) ?? desk;
  const writtenOn = (date: string): Author => ({
    at: instantOf(date, '09:30', demoTimeZone),
    by: 'elise' as AccountName,
    device: desk,
  });

  const yearBegins = writtenOn('2023-01-16');
  const host = 'lucie' as AccountName;
  const proposedAt = instantOf(addDays(today, -3), '18:10', demoTimeZone);
  const proposedBy = { at: proposedAt, by: host, device: deviceOf(host) };
  const themes = demoThemes(randomFrom(seed, 'themes'), yearBegins, proposedBy);
  const databases = new Map<string, AnyDocument[]>();
  for (const plan of terms) {
    const documents = termDocuments({
      ...{ seed, plan, facilitators, themes, deviceOf },
      people: people.filter(({ term }) => term === plan.key),
      today: moved && plan.key === 's3' ? today : undefined,
      author: writtenOn(addDays(plan.calendar.start, -14)),
    });
    databases.set(termDatabase(demoSite, plan.calendar.term), documents);
  }
  const commons = [
    demoSiteDocument(termsOf(databases), yearBegins),
    ...standardWorkshopTypes(yearBegins),
    ...standardVenues(yearBegins),
    ...themes,
  ];
  databases.set(commonsDatabase(demoSite), commons);
  databases.set(registryDatabase(demoSite), registryOf(people, terms, writtenOn));
  const third = terms.find(({ key }) => key === 's3');
  if (third) {
    const phones = accounts.map((account) => deviceDocument(account, deviceOf(account.name), third));
    databases.get(termDatabase(demoSite, openTerm))?.push(...phones);
  }
  return { databases, accounts };
}

const termsOf = (databases: ReadonlyMap<string, readonly AnyDocument[]>) =>
  [...databases.values()].flat().filter((document) => document.type === 'term');

const deviceDocument = ({ name, displayName }: DemoAccount, device: DeviceId, term: TermPlan): Device => ({
  _id: deviceDocId(device),
  type: 'device',
  v: 1,
  at: instantOf(term.calendar.start, '08:00', demoTimeZone),
  by: name,
  device,
  user: name,
  label: `Téléphone de ${displayName.split(' ')[0]}`,
  appVersion: '0.1.0',
});

/** The full files: coordinators only. */
function registryOf(
  people: readonly Person[],
  terms: readonly TermPlan[],
  writtenOn: (date: string) => Author,
): Participant[] {
  const calendars = new Map(terms.map(({ key, calendar }) => [key, calendar]));
  return people.map((person) => {
    const start = calendars.get(person.term)?.start ?? '2023-01-16';
    const {
      participant,
      firstName,
      familyName,
      gender,
      birthYear,
      languages,
      isFrancophone,
      departement,
      country,
    } = person;
    return {
      _id: participantDocId(participant),
      type: 'participant',
      v: 1,
      ...writtenOn(addDays(start, -10)),
      ...{ participant, firstName, familyName, gender, birthYear, isFrancophone, departement, country },
      languages: [...languages],
      statusHistory: [{ status: 'asylumSeeker', from: addDays(start, -10) }],
      consentAt: addDays(start, -10),
      lastContact: start,
    };
  });
}
