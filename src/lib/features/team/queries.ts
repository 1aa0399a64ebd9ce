/** What the team's page reads of a term, and the teams of the others. */
import type {
  Closing,
  Group,
  Occurrence,
  Shift,
  Term,
  Volunteer,
  WorkshopType,
} from '$lib/domain/documents.ts';
import { facilitationHours, type FacilitationHours } from '$lib/domain/facilitation-hours.ts';
import { termDocId, type VolunteerId } from '$lib/domain/ids.ts';
import { todayIn } from '$lib/domain/local-time.ts';
import { mayCorrectTeam, meetingsAhead, meetingsBehind } from '$lib/domain/team.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

/** The stores of a coordinator's device. */
export interface Stores {
  readonly commons: Store;
  readonly terms: readonly TermReplica[];
  readonly timeZone: string;
}

export interface TermTeam {
  readonly term: Term;
  readonly volunteers: readonly Volunteer[];
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly shifts: readonly Shift[];
  readonly closings: readonly Closing[];
  readonly workshopTypes: readonly WorkshopType[];
  /** Meetings whose team may be changed in one go, in the order of time. */
  readonly ahead: readonly Occurrence[];
  /** Past or marked meetings, whose team is corrected one by one; the latest first. */
  readonly behind: readonly Occurrence[];
  /** Whether those may be corrected: not in a closed term. */
  readonly mayCorrect: boolean;
  readonly hours: FacilitationHours;
  /** Accounts whose devices have spoken in this term. */
  readonly accounts: ReadonlySet<string>;
  /** The teams of the other terms, the latest first. */
  readonly others: readonly { readonly term: Term; readonly volunteers: readonly Volunteer[] }[];
}

/** `undefined` while the term's own document is not here. @param now instant */
export async function teamOf(
  { commons, terms, timeZone }: Stores,
  { term: code, store }: TermReplica,
  now: string,
): Promise<TermTeam | undefined> {
  const [term, volunteers, groups, occurrences, shifts, closings, devices, workshopTypes] = await Promise.all(
    [
      store.get('term', termDocId(code)),
      store.ofType('volunteer'),
      store.ofType('group'),
      store.ofType('occurrence'),
      store.ofType('shift'),
      store.ofType('closing'),
      store.ofType('device'),
      commons.ofType('workshopType'),
    ],
  );
  if (!term) return undefined;
  const today = todayIn(timeZone, now);
  const upcoming = occurrences.filter(({ date, state }) => state === 'planned' && date >= today);
  const marks = await store.whereAnyOf(
    'mark',
    'occurrence',
    upcoming.map(({ occurrence }) => occurrence),
  );
  const ahead = meetingsAhead(upcoming, closings, marks, { now, timeZone });
  const others = await Promise.all(
    terms
      .filter((other) => other.term !== code)
      .map(async (other) => ({
        term: await other.store.get('term', termDocId(other.term)),
        volunteers: await other.store.ofType('volunteer'),
      })),
  );
  return {
    term,
    volunteers: [...volunteers].sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    groups: [...groups].sort((a, b) => a.label.localeCompare(b.label, 'fr', { numeric: true })),
    occurrences,
    shifts,
    closings,
    workshopTypes,
    ahead,
    behind: meetingsBehind(occurrences, ahead),
    mayCorrect: mayCorrectTeam(term),
    hours: facilitationHours({ groups, occurrences, closings, shifts, volunteers, timeZone }),
    accounts: new Set(devices.map(({ user }) => user as string)),
    others: others
      .flatMap((other) => (other.term ? [{ ...other, term: other.term }] : []))
      .sort((a, b) => (a.term.start < b.term.start ? 1 : -1)),
  };
}

/** The groups that somebody leads: every week, in a role, or now and then (`role` is missing). */
export function groupsOf(
  { groups, shifts, occurrences }: Pick<TermTeam, 'groups' | 'shifts' | 'occurrences'>,
  volunteer: VolunteerId,
): { group: Group; role: Shift['role'] | undefined }[] {
  const theirs = new Set(
    shifts
      .filter((one) => one.volunteer === volunteer && one.state !== 'cancelled')
      .map(({ occurrence }) => occurrence),
  );
  const led = new Set(
    occurrences.filter(({ occurrence }) => theirs.has(occurrence)).map(({ group }) => group),
  );
  return groups.flatMap((group) => {
    const role = group.team?.find((one) => one.volunteer === volunteer)?.role;
    return role || led.has(group.group) ? [{ group, role }] : [];
  });
}
