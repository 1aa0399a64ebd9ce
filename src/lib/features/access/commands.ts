/** Whose account an invitation makes: told in the team's own documents, so that their meetings are theirs. */
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import { volunteerDocId, type AccountName, type VolunteerId } from '$lib/domain/ids.ts';
import { acceptedInvitations, editVolunteer, shiftOfAccount } from '$lib/domain/team.ts';
import type { Store } from '$lib/store/store.ts';

interface Desk {
  readonly terms: readonly { readonly store: Store }[];
  author(): Author;
}

/**
 * Notes in each term that knows this person, and no account of theirs, under which one they were invited. An account
 * that was written for them and that the server does not know is none.
 * @param accounts those that the server knows
 */
export async function noteInvitation(
  desk: Desk,
  volunteer: string,
  account: string,
  accounts: ReadonlySet<string>,
): Promise<void> {
  const author = desk.author();
  for (const { store } of desk.terms)
    await store.commit([
      {
        id: volunteerDocId(volunteer as VolunteerId),
        change: (current) =>
          current?.type === 'volunteer' &&
          (current.account === undefined || (current.account !== account && !accounts.has(current.account)))
            ? editVolunteer(current, { account: undefined, invitedAs: account as AccountName }, author)
            : undefined,
      },
    ]);
}

/** Links who was invited to the account that they made by accepting. @param accounts those that the server knows */
export async function linkAccepted(desk: Desk, accounts: ReadonlySet<string>): Promise<void> {
  const author = desk.author();
  const everyone = (await Promise.all(desk.terms.map(({ store }) => store.ofType('volunteer')))).flat();
  for (const { store } of desk.terms) {
    const accepted = acceptedInvitations(await store.ofType('volunteer'), accounts, everyone);
    if (accepted.length === 0) continue;
    const shifts = await store.ofType('shift');
    await store.commit(
      accepted.flatMap(({ volunteer, account }) => [
        {
          id: volunteer._id,
          change: (current: AnyDocument | undefined) =>
            current?.type === 'volunteer' && current.account === undefined
              ? editVolunteer(current, { account, invitedAs: undefined }, author)
              : undefined,
        },
        ...shifts
          .filter((shift) => shift.volunteer === volunteer.volunteer)
          .map(({ _id }) => ({
            id: _id,
            change: (current: AnyDocument | undefined) =>
              current?.type === 'shift' ? shiftOfAccount(current, account, author) : undefined,
          })),
      ]),
    );
  }
}
