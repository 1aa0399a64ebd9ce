/** The team's people, the groups and the meetings they lead. Each answers what takes it back. */
import type { AnyDocument, Author, Group, Occurrence, Shift, Volunteer } from '$lib/domain/documents.ts';
import {
  groupDocId,
  opaqueKey,
  shiftDocId,
  volunteerDocId,
  type AccountName,
  type GroupId,
  type VolunteerId,
} from '$lib/domain/ids.ts';
import {
  assign,
  callOff,
  carriedOver,
  editVolunteer,
  mayCorrectTeam,
  newVolunteer,
  shiftOfAccount,
  withoutTeamMember,
  withTeamMember,
  type VolunteerFacts,
} from '$lib/domain/team.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

export interface TeamDesk {
  readonly store: Store;
  author(): Author;
}

const as = <Type extends AnyDocument['type']>(current: AnyDocument | undefined, type: Type) =>
  current?.type === type ? (current as AnyDocument & { type: Type }) : undefined;

const write = ({ store }: TeamDesk, edits: readonly Edit[], author: Author): Promise<Written> =>
  writeInTurn([{ store, edits }], author);

/** A new person in the term's team. */
export function addPerson(
  desk: TeamDesk,
  { account, ...facts }: Pick<Volunteer, 'name' | 'kind' | 'account'>,
): Promise<Written> {
  const author = desk.author();
  const volunteer = opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as VolunteerId;
  const made = newVolunteer(volunteer, facts, author);
  const change = () => (account ? { ...made, account } : made);
  return write(desk, [{ id: volunteerDocId(volunteer), change }], author);
}

/** Other facts; with another account, their shifts become that account's. @param shifts all of the term's */
export function editPerson(
  desk: TeamDesk,
  before: Volunteer,
  facts: { readonly [Field in keyof VolunteerFacts]?: VolunteerFacts[Field] | undefined },
  shifts: readonly Shift[],
): Promise<Written> {
  const author = desk.author();
  const isLinked = 'account' in facts && facts.account !== before.account;
  return write(
    desk,
    [
      {
        id: before._id,
        change(current) {
          const volunteer = as(current, 'volunteer');
          return volunteer && editVolunteer(volunteer, facts, author);
        },
      },
      ...(isLinked ? accountEdits(before.volunteer, facts.account, shifts, author) : []),
    ],
    author,
  );
}

const accountEdits = (
  volunteer: VolunteerId,
  account: AccountName | undefined,
  shifts: readonly Shift[],
  author: Author,
): Edit[] =>
  shifts
    .filter((shift) => shift.volunteer === volunteer)
    .map((shift) => ({
      id: shift._id,
      change(current) {
        const known = as(current, 'shift');
        return known && shiftOfAccount(known, account, author);
      },
    }));

/** The account of an invitation that was accepted. */
export const linkAccount = (
  desk: TeamDesk,
  { volunteer, account }: { volunteer: Volunteer; account: AccountName },
  shifts: readonly Shift[],
): Promise<Written> => editPerson(desk, volunteer, { account, invitedAs: undefined }, shifts);

/** People of another term's team, under the same ids. Who is in this team already stays as they are. */
export function carryOver(desk: TeamDesk, people: readonly Volunteer[]): Promise<Written> {
  const author = desk.author();
  const edits = people.map((person): Edit => ({
    id: volunteerDocId(person.volunteer),
    change: (current) => (current ? undefined : carriedOver(person, author)),
  }));
  return write(desk, edits, author);
}

/** Who leads a meeting of a closed term stays as it is. */
async function writeWhoLeads(desk: TeamDesk, edits: readonly Edit[], author: Author): Promise<Written> {
  const [term] = await desk.store.ofType('term');
  return term && !mayCorrectTeam(term) ? { ok: true, steps: [] } : write(desk, edits, author);
}

const callOffEdits = (shifts: readonly Shift[], author: Author): Edit[] =>
  shifts.map((shift) => ({
    id: shift._id,
    change(current) {
      const known = as(current, 'shift');
      return known && callOff(known, author);
    },
  }));

const teamEdit = (group: GroupId, change: (group: Group) => Group): Edit => ({
  id: groupDocId(group),
  change(current) {
    const known = as(current, 'group');
    return known && change(known);
  },
});

const shiftEdit = (
  occurrence: Occurrence,
  volunteer: Volunteer,
  role: Shift['role'],
  author: Author,
  replaces?: VolunteerId,
): Edit => ({
  id: shiftDocId(occurrence.occurrence, volunteer.volunteer),
  change: (current) =>
    assign(
      as(current, 'shift'),
      { occurrence: occurrence.occurrence, volunteer, role, ...(replaces ? { replaces } : {}) },
      author,
    ),
});

/** Somebody leads a group from now on: they stand in its team, and on every meeting of it ahead. */
export function giveGroup(
  desk: TeamDesk,
  {
    group,
    volunteer,
    role,
    ahead,
  }: { group: Group; volunteer: Volunteer; role: Shift['role']; ahead: readonly Occurrence[] },
): Promise<Written> {
  const author = desk.author();
  return write(
    desk,
    [
      teamEdit(group.group, (known) => withTeamMember(known, volunteer.volunteer, role, author)),
      ...ahead.map((occurrence) => shiftEdit(occurrence, volunteer, role, author)),
    ],
    author,
  );
}

/** Somebody leads a group no longer. @param shifts theirs, on meetings of it ahead */
export function takeGroup(
  desk: TeamDesk,
  { group, volunteer, shifts }: { group: Group; volunteer: VolunteerId; shifts: readonly Shift[] },
): Promise<Written> {
  const author = desk.author();
  return write(
    desk,
    [
      teamEdit(group.group, (known) => withoutTeamMember(known, volunteer, author)),
      ...callOffEdits(shifts, author),
    ],
    author,
  );
}

/** Somebody comes no longer: out of every group's team and off every meeting ahead. @param shifts theirs, ahead */
export function archivePerson(
  desk: TeamDesk,
  { volunteer, groups, shifts }: { volunteer: Volunteer; groups: readonly Group[]; shifts: readonly Shift[] },
): Promise<Written> {
  const author = desk.author();
  return write(
    desk,
    [
      {
        id: volunteer._id,
        change(current) {
          const known = as(current, 'volunteer');
          return known && editVolunteer(known, { isArchived: true }, author);
        },
      },
      ...groups.map((group) =>
        teamEdit(group.group, (known) => withoutTeamMember(known, volunteer.volunteer, author)),
      ),
      ...callOffEdits(shifts, author),
    ],
    author,
  );
}

/**
 * One meeting, ahead or over. Writes nothing in a closed term.
 * @param absent whose place it is that day: they are off it
 */
export function giveMeeting(
  desk: TeamDesk,
  {
    occurrence,
    volunteer,
    role,
    absent,
  }: { occurrence: Occurrence; volunteer: Volunteer; role: Shift['role']; absent?: Shift | undefined },
): Promise<Written> {
  const author = desk.author();
  return writeWhoLeads(
    desk,
    [
      ...callOffEdits(absent ? [absent] : [], author),
      shiftEdit(occurrence, volunteer, role, author, absent?.volunteer),
    ],
    author,
  );
}

/** Somebody off one meeting, ahead or over. Writes nothing in a closed term. */
export const callOffMeeting = (desk: TeamDesk, shift: Shift): Promise<Written> => {
  const author = desk.author();
  return writeWhoLeads(desk, callOffEdits([shift], author), author);
};
