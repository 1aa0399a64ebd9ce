/** Who leads what: the people of a term's team, the groups they lead week after week, the meetings they lead one by one. */
import { withChange } from './changes.ts';
import type { Author, Group, Mark, Closing, Occurrence, Shift, Term, Volunteer } from './documents.ts';
import { shiftDocId, volunteerDocId, type AccountName, type OccurrenceId, type VolunteerId } from './ids.ts';
import { overlap } from './schedule.ts';
import { byTime, isOver } from './schedule.ts';
import { isUnmarked } from './roll-call.ts';

export type VolunteerFacts = Pick<Volunteer, 'name' | 'kind' | 'account' | 'isArchived' | 'invitedAs'>;

/** @param volunteer a fresh opaque key */
export const newVolunteer = (
  volunteer: VolunteerId,
  facts: Pick<Volunteer, 'name' | 'kind'>,
  author: Author,
): Volunteer =>
  withChange<Volunteer>(
    undefined,
    {
      _id: volunteerDocId(volunteer),
      type: 'volunteer',
      v: 1,
      ...author,
      volunteer,
      ...facts,
    },
    author,
  );

/** With these facts in place of its own; a field given as `undefined` goes. */
export function editVolunteer(
  before: Volunteer,
  facts: { readonly [Field in keyof VolunteerFacts]?: VolunteerFacts[Field] | undefined },
  author: Author,
): Volunteer {
  const entries = Object.entries({ ...before, ...facts }).filter(([, value]) => value !== undefined);
  return withChange(before, Object.fromEntries(entries) as Volunteer, author);
}

/** The same person in another term: the same id, so that hours of a year add up by person. */
export function carriedOver(earlier: Volunteer, author: Author): Volunteer {
  const { volunteer, name, kind, account } = earlier;
  return { ...newVolunteer(volunteer, { name, kind }, author), ...(account ? { account } : {}) };
}

type Role = Shift['role'];

/** The group with this person among those who lead it week after week, leads first. */
export function withTeamMember(group: Group, volunteer: VolunteerId, role: Role, author: Author): Group {
  const others = (group.team ?? []).filter((one) => one.volunteer !== volunteer);
  const team = [...others, { volunteer, role }].sort((a, b) =>
    a.role === b.role ? 0 : a.role === 'lead' ? -1 : 1,
  );
  return withChange<Group>(group, { ...group, team }, author);
}

export function withoutTeamMember(group: Group, volunteer: VolunteerId, author: Author): Group {
  if (!group.team?.some((one) => one.volunteer === volunteer)) return group;
  const team = group.team.filter((one) => one.volunteer !== volunteer);
  return withChange<Group>(group, { ...group, team }, author);
}

/**
 * The meetings whose team may still be changed in one go: neither cancelled, nor past, nor marked, in the order of
 * time. What took place keeps who led it, until somebody corrects it meeting by meeting (`meetingsBehind`).
 */
export function meetingsAhead(
  occurrences: Iterable<Occurrence>,
  closings: Iterable<Closing>,
  marks: Iterable<Mark>,
  { now, timeZone }: { readonly now: string; readonly timeZone: string },
): Occurrence[] {
  const taken = new Set<OccurrenceId>();
  for (const { occurrence } of closings) taken.add(occurrence);
  for (const mark of marks) if (!isUnmarked(mark)) taken.add(mark.occurrence);
  return [...occurrences]
    .filter((one) => one.state === 'planned' && !taken.has(one.occurrence) && !isOver(one, now, timeZone))
    .sort(byTime);
}

/**
 * The meetings whose team is corrected one by one, which corrects the hours: marked or over, and not cancelled. The
 * latest first.
 * @param ahead what `meetingsAhead` answers for the same meetings
 */
export function meetingsBehind(
  occurrences: Iterable<Occurrence>,
  ahead: Iterable<Pick<Occurrence, 'occurrence'>>,
): Occurrence[] {
  const coming = new Set([...ahead].map(({ occurrence }) => occurrence));
  return [...occurrences]
    .filter((one) => one.state !== 'cancelled' && !coming.has(one.occurrence))
    .sort((a, b) => byTime(b, a));
}

/** Whether who led may be corrected: the hours of a closed term are in its frozen counts; it is opened again first. */
export const mayCorrectTeam = ({ state }: Pick<Term, 'state'>): boolean => state !== 'closed';

/** Puts a person on a meeting; who is on it already stays, in the role given. */
export function assign(
  before: Shift | undefined,
  facts: {
    readonly occurrence: OccurrenceId;
    readonly volunteer: Pick<Volunteer, 'volunteer' | 'account'>;
    readonly role: Role;
    /** Whose place they take that day. */
    readonly replaces?: VolunteerId;
  },
  author: Author,
): Shift {
  const { occurrence, role, replaces } = facts;
  const { volunteer, account } = facts.volunteer;
  const { replaces: _former, ...rest } = before ?? {};
  return withChange<Shift>(
    before,
    {
      ...rest,
      _id: shiftDocId(occurrence, volunteer),
      type: 'shift',
      v: 1,
      ...author,
      occurrence,
      volunteer,
      ...(account ? { account } : {}),
      role,
      state: before?.state === 'held' ? 'held' : 'planned',
      ...(replaces ? { replaces } : {}),
    },
    author,
  );
}

/** Takes a person off a meeting; the shift stays, cancelled. */
export const callOff = (shift: Shift, author: Author): Shift =>
  withChange<Shift>(shift, { ...shift, state: 'cancelled' }, author);

/** Whose shift it is, for the server's rules: an account that was linked later. */
export const shiftOfAccount = (shift: Shift, account: AccountName | undefined, author: Author): Shift => {
  const { account: _former, ...rest } = shift;
  return withChange<Shift>(shift, account ? { ...rest, account } : rest, author);
};

/** The meeting that keeps a person from leading another one at the same time; the first, if there are several. */
export function busyWith(
  volunteer: VolunteerId,
  occurrence: Occurrence,
  occurrences: Iterable<Occurrence>,
  shifts: Iterable<Shift>,
): Occurrence | undefined {
  const theirs = new Set<OccurrenceId>();
  for (const shift of shifts)
    if (shift.volunteer === volunteer && shift.state !== 'cancelled') theirs.add(shift.occurrence);
  return [...occurrences]
    .filter(
      (other) =>
        theirs.has(other.occurrence) &&
        other.occurrence !== occurrence.occurrence &&
        other.state !== 'cancelled' &&
        overlap(occurrence, other),
    )
    .sort(byTime)[0];
}

/**
 * Who was invited under an account that is known by now: the server has it, or a device of theirs has spoken. Their
 * account can be linked. An account that another person holds, or was invited under as well, is nobody's to link: a
 * coordinator says whose it is.
 * @param everyone the people of all terms, where those have accounts of their own
 */
export function acceptedInvitations(
  volunteers: Iterable<Volunteer>,
  accounts: ReadonlySet<string>,
  everyone: Iterable<Volunteer> = [],
): { volunteer: Volunteer; account: AccountName }[] {
  const here = [...volunteers];
  const all = [...here, ...everyone];
  return here.flatMap((volunteer) => {
    const { invitedAs, account } = volunteer;
    if (!invitedAs || account !== undefined || !accounts.has(invitedAs)) return [];
    return holderOf(invitedAs, volunteer.volunteer, all) ? [] : [{ volunteer, account: invitedAs }];
  });
}

/** Another person than this one who has an account, or is invited under its name; the one who has it first. */
export function holderOf(
  account: string,
  than: VolunteerId | undefined,
  everyone: Iterable<Volunteer>,
): Volunteer | undefined {
  const others = [...everyone].filter(({ volunteer }) => volunteer !== than);
  return (
    others.find((one) => one.account === account) ??
    others.find((one) => one.account === undefined && one.invitedAs === account)
  );
}
