/** A file while it is being filled in: what the fields hold, and what they make of it. Pure. */
import { canonicalJson } from '$lib/domain/canonical-json.ts';
import type { Participant, RosterCard } from '$lib/domain/documents.ts';
import type { ReferrerId } from '$lib/domain/ids.ts';
import { familyNameOf } from '$lib/domain/names.ts';
import type { ParticipantFacts } from '$lib/domain/participants.ts';

/** Texts as they are typed; an empty one is no answer. */
export interface Draft {
  firstName: string;
  familyName: string;
  gender: Participant['gender'];
  birthYear: string;
  languages: string[];
  isFrancophone: 'yes' | 'no';
  departement: string;
  country: string;
  statusHistory: { status: string; from: string }[];
  consentAt: string;
  lastContact: string;
  phone: string;
  /** Of a referrer, or `new`, or nothing. */
  referrer: string;
}

export const newReferrerChoice = 'new';

/** As a file stands; of a walk-in what the card says; else empty. */
export function draftOf(file: Participant | undefined, card: RosterCard | undefined): Draft {
  const isFrancophone = file?.isFrancophone ?? card?.isFrancophone ?? false;
  return {
    firstName: file?.firstName ?? card?.firstName ?? '',
    familyName: familyNameOf(file ?? card ?? {}),
    gender: file?.gender ?? 'unknown',
    birthYear: file?.birthYear === undefined ? '' : String(file.birthYear),
    languages: [...(file?.languages ?? [])],
    isFrancophone: isFrancophone ? 'yes' : 'no',
    departement: file?.departement ?? '',
    country: file?.country ?? '',
    statusHistory: (file?.statusHistory ?? []).map((one) => ({ ...one })),
    consentAt: file?.consentAt ?? '',
    lastContact: file?.lastContact ?? '',
    phone: file?.phone ?? '',
    referrer: file?.referrer ?? '',
  };
}

export type Mistake = 'firstName' | 'birthYear' | 'statusHistory' | 'phone' | 'referrer';

/** Fields that cannot be kept as they are. @param today local date: nobody is born after it */
export function mistakesOf(draft: Draft, newReferrer: { readonly name: string }, today: string): Mistake[] {
  const year = Number(draft.birthYear);
  const isYear = /^\d{4}$/.test(draft.birthYear) && year >= 1900 && year <= Number(today.slice(0, 4));
  const wrong: Record<Mistake, boolean> = {
    firstName: draft.firstName.trim() === '' && draft.familyName.trim() === '',
    birthYear: draft.birthYear !== '' && !isYear,
    statusHistory: draft.statusHistory.some(({ from }) => from === ''),
    phone: draft.phone.trim() !== '' && !/^[+\d][\d\s.()/-]{3,}$/.test(draft.phone.trim()),
    referrer: draft.referrer === newReferrerChoice && newReferrer.name.trim() === '',
  };
  return (Object.keys(wrong) as Mistake[]).filter((field) => wrong[field]);
}

/** What the fields say. @param referrer the id of one who is made with the file */
export function factsOfDraft(draft: Draft, referrer?: ReferrerId): ParticipantFacts {
  const [first, family] = [draft.firstName.trim(), draft.familyName.trim()];
  const text = (value: string) => value.trim() || undefined;
  return {
    // Some people have one name, and it may have been typed in either field.
    firstName: first || family,
    familyName: first ? family : '',
    gender: draft.gender,
    birthYear: draft.birthYear === '' ? undefined : Number(draft.birthYear),
    languages: [...draft.languages],
    isFrancophone: draft.isFrancophone === 'yes',
    departement: text(draft.departement),
    country: text(draft.country),
    statusHistory: draft.statusHistory
      .map(({ status, from }) => ({ status, from }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    consentAt: text(draft.consentAt),
    lastContact: text(draft.lastContact),
    phone: text(draft.phone),
    referrer:
      draft.referrer === newReferrerChoice ? referrer : (text(draft.referrer) as ReferrerId | undefined),
  };
}

/** Only what was changed is written: what another device changed meanwhile stays. A field emptied is `undefined`. */
export function changedFacts(before: ParticipantFacts, after: ParticipantFacts): Partial<ParticipantFacts> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ParticipantFacts>;
  return Object.fromEntries(
    [...names]
      .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
      .map((name) => [name, after[name]]),
  );
}
