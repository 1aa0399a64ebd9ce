/**
 * Who facilitates what: the numbers of volunteers, civic-service volunteers and staff by workshop and term are those
 * published; 50 volunteers in the year, some of them in several terms.
 */
import type { Volunteer } from '../documents.ts';
import type { AccountName, VolunteerId } from '../ids.ts';
import { facilitatorFamilies, facilitatorFirstNames } from './names-by-country.ts';
import type { TermKey } from './published-year.ts';
import { randomFrom } from './random.ts';
import type { GroupPlan } from './timetable.ts';

export interface Facilitator {
  readonly volunteer: VolunteerId;
  readonly name: string;
  readonly kind: Volunteer['kind'];
  readonly account?: AccountName;
}

/** `v1`… `v50`: volunteers; `c1`… `c8`: civic service; `s1`… `s3`: staff. */
type Post = `${'v' | 'c' | 's'}${number}`;

/** Those who have an account in the demonstration. */
const known: Readonly<Partial<Record<Post, readonly [string, string]>>> = {
  v31: ['Lucie Abgrall', 'lucie'],
  v33: ['Maïa Lescure', 'maia'],
  v34: ['Jean Marchetti', 'jean'],
  s1: ['Élise Fontanier', 'elise'],
};

const posts = (letter: 'v' | 'c' | 's', first: number, last: number): Post[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${letter}${first + index}` as Post);

const kinds = { v: 'volunteer', c: 'civicService', s: 'staff' } as const;

/** Everyone who facilitates in the year, by post. */
export function facilitatorsOf(seed: string): ReadonlyMap<Post, Facilitator> {
  const random = randomFrom(seed, 'facilitators');
  const firstNames = random.shuffled([...facilitatorFirstNames, ...facilitatorFirstNames]);
  const families = random.shuffled([...facilitatorFamilies, ...facilitatorFamilies]);
  const all = [...posts('v', 1, 50), ...posts('c', 1, 8), ...posts('s', 1, 3)];
  return new Map(
    all.map((post, index) => {
      const [name = `${firstNames[index]} ${families[index]}`, account] = known[post] ?? [];
      const kind = kinds[post.slice(0, 1) as 'v' | 'c' | 's'];
      const volunteer = random.key() as VolunteerId;
      return [post, { volunteer, name, kind, ...(account ? { account: account as AccountName } : {}) }];
    }),
  );
}

/** Who takes turns in a group; in `both`, the first leads every time and the second helps. */
type Team = { readonly turns: readonly Post[] } | { readonly both: readonly [Post, ...Post[]] };
const turns = (...team: Post[]): Team => ({ turns: team });
const both = (...team: [Post, ...Post[]]): Team => ({ both: team });

const teams: Readonly<Record<TermKey, Readonly<Partial<Record<GroupPlan['kind'], readonly Team[]>>>>> = {
  s1: {
    socioprofessional: [
      ...[turns(...posts('v', 1, 3)), turns(...posts('v', 4, 6)), both('s1', 'c1'), both('s2', 'c2')],
      ...[both('s1', 'c2'), both('s2', 'c1'), both('s1'), both('s2', 'c1')],
    ],
    language: [
      turns(...posts('v', 7, 11)),
      turns(...posts('v', 12, 16)),
      turns('c1', 'c3'),
      turns('c2', 'c3'),
    ],
    digital: [turns('v17', 'v18'), turns('v19', 'v20'), both('v21')],
    practical: [both('s2', 'v48')],
    cultural: [both('v48')],
  },
  s2: {
    socioprofessional: [
      ...[turns('v1', 'v2'), turns('v22', 'v23'), both('s1', 'c1'), both('s2', 'c2')],
      ...[both('s1', 'c2'), both('s2'), both('s1', 'c1')],
    ],
    language: [turns(...posts('v', 7, 11)), turns(...posts('v', 24, 28)), both('c3')],
    digital: [turns('v17', 'v18'), both('v29'), both('v30')],
    conversation: [both('v31', 'v32')],
    practical: [both('s2', 'v32')],
    cultural: [both('v49')],
  },
  s3: {
    socioprofessional: [
      ...[both('v33', 'v34'), turns('v1', 'v22', 'v35', 'v36'), both('c4'), both('c4', 'c5')],
      ...[both('c5'), both('c6', 's1'), both('c6'), both('s1', 'c5')],
    ],
    language: [
      turns('c6', 'c7'),
      turns('v7', 'v24', 'v25', ...posts('v', 37, 40)),
      turns('c7', 'c8'),
      turns('c8', 'c6'),
    ],
    digital: [turns('v17', 'v45'), turns('v29', 'v46'), both('v47')],
    conversation: [both('v31', 'v33')],
    practical: [both('s3', 'v31')],
    cultural: [both('v50')],
  },
};

/** In the third term, the first French class of the week has facilitators of its own. */
function firstClassOfTheWeek(key: TermKey, group: GroupPlan): Team | undefined {
  if (key !== 's3' || group.kind !== 'language') return undefined;
  if (group.number === 1) return turns(...posts('v', 41, 44));
  return group.number === 2 ? both('v34', 'v33') : undefined;
}

/**
 * The posts at one meeting of a group, the lead first.
 * @param turn how many meetings of the group came before it
 */
export function teamAt(key: TermKey, group: GroupPlan, weekday: number, turn: number): Post[] {
  const isFirst = weekday === group.slots[0].weekday;
  const own = isFirst ? firstClassOfTheWeek(key, group) : undefined;
  const team = own ?? teams[key][group.kind]?.[group.number - 1];
  if (team === undefined) throw new Error(`nobody facilitates ${group.label}`);
  if ('both' in team) return [...team.both];
  const lead = team.turns[turn % team.turns.length];
  const co = team.turns[(turn + 1) % team.turns.length];
  return [...new Set([lead, co])].filter((post) => post !== undefined);
}
