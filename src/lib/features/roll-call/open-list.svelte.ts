/**
 * A list being filled in, as the stores tell it, live. Everything derived keeps the objects that did not change, so
 * that one tap paints one row again.
 */
import { dateOf, hour, hourOf, longDate, titleDate, weekdayName } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Closing, Mark, MarkCounts, MarkEntry, RosterCard, SignUp } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { todayIn, weekdayOf } from '$lib/domain/local-time.ts';
import { answeredOf } from '$lib/domain/open-roster.ts';
import { isOuting } from '$lib/domain/outings.ts';
import { countMarks, marksByParticipant, rosterOf, type RosterEntry } from '$lib/domain/roster.ts';
import { signers } from '$lib/domain/signatures.ts';
import { isUnmarked } from '$lib/domain/roll-call.ts';
import { live } from '$lib/store/live.svelte.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { keepingRows, keepingUnchanged, withConfirmed, type PersonRow } from './list-view.ts';
import {
  absencesBefore,
  cardsOf,
  disputesOf,
  enrolmentsOf,
  groupLabels,
  marksOf,
  namesByAccount,
  signaturesOf,
  signUpsOf,
  type FoundList,
} from './queries.ts';

const nothingConfirmed: ReadonlyMap<ParticipantId, Mark> = new Map();
/** Long after any reading that follows a commit. */
const readAgainMs = 5000;
const noDisputes: Awaited<ReturnType<typeof disputesOf>> = new Map();
const noSignUps: readonly SignUp[] = [];
const noAbsences: Awaited<ReturnType<typeof absencesBefore>> = new Map();

export class OpenList {
  readonly #device: PresenceDevice;
  readonly #list: () => FoundList;

  /** @param list the list found; asked anew whenever it is read, since its closing changes */
  constructor(device: PresenceDevice, list: () => FoundList) {
    this.#device = device;
    this.#list = list;
  }

  readonly store = $derived.by(() => this.#list().store);
  readonly occurrence = $derived.by(() => this.#list().occurrence.occurrence);
  readonly #group = $derived.by(() => this.#list().group.group);

  // One live query a kind of document: a tap reads the marks again, and nothing else.
  readonly #enrolments = $derived.by(() => {
    const [store, group] = [this.store, this.#group];
    return live(() => enrolmentsOf(store, group));
  });
  readonly #cards = $derived.by(() => {
    const store = this.store;
    return live(() => cardsOf(store));
  });
  readonly #marks = $derived.by(() => {
    const [store, occurrence] = [this.store, this.occurrence];
    return live(() => marksOf(store, occurrence));
  });
  readonly #signUps = $derived.by(() => {
    const [store, occurrence] = [this.store, this.occurrence];
    return live(() => signUpsOf(store, occurrence));
  });
  readonly #signatures = $derived.by(() => {
    const [store, occurrence] = [this.store, this.occurrence];
    return live(() => signaturesOf(store, occurrence));
  });
  readonly #before = $derived.by(() => {
    const [store, group, occurrence] = [this.store, this.#group, this.#list().occurrence];
    return live(() => absencesBefore(store, group, occurrence));
  });
  readonly #disputes = $derived.by(() => {
    const [store, occurrence] = [this.store, this.occurrence];
    return live(() => disputesOf(store, occurrence));
  });
  // Read when a sheet asks for them.
  readonly #names = $derived.by(() => {
    const store = this.store;
    return live(() => namesByAccount(store));
  });
  readonly #groupLabels = $derived.by(() => {
    const store = this.store;
    return live(() => groupLabels(store));
  });

  /** Committed, and perhaps not read again yet. */
  #confirmed = $state.raw<ReadonlyMap<ParticipantId, Mark>>(nothingConfirmed);
  #settling: ReturnType<typeof setTimeout> | undefined;

  readonly #keepMarks = keepingUnchanged();
  readonly #keepRows = keepingRows();

  readonly marks = $derived.by(() =>
    this.#keepMarks(withConfirmed(this.#marks.current ?? [], this.#confirmed)),
  );
  readonly cards: readonly RosterCard[] | undefined = $derived.by(() => this.#cards.current);
  readonly roster: RosterEntry[] = $derived.by(() => {
    const { group, occurrence } = this.#list();
    const [enrolments, cards] = [this.#enrolments.current ?? [], this.#cards.current ?? []];
    const { marks, signUps } = this;
    return rosterOf({ group, occurrence, enrolments, cards, marks: marks.values(), signUps });
  });
  readonly signUps: readonly SignUp[] = $derived.by(() => this.#signUps.current ?? noSignUps);
  readonly rows: readonly PersonRow[] = $derived.by(() => this.#keepRows(this.roster));
  readonly counts: MarkCounts = $derived.by(() => countMarks(this.roster, this.marks.values()));
  /** Whose signature stands, of those who were there. */
  readonly signed: ReadonlySet<ParticipantId> = $derived.by(() => {
    const { marks, timeZone } = this;
    return signers(this.#signatures.current ?? [], marks, this.#list().occurrence, timeZone);
  });
  readonly unmarked = $derived.by(() =>
    this.rows.filter((row) => isUnmarked(this.marks.get(row.participant))),
  );
  /** By person, what each side answered, where phones disagree. */
  readonly disputes: ReadonlyMap<ParticipantId, readonly MarkEntry[]> = $derived.by(
    () => this.#disputes.current ?? noDisputes,
  );
  /** Unexplained absences in a row before this meeting, where there are enough to be worth a flag. */
  readonly absences: ReadonlyMap<ParticipantId, number> = $derived.by(
    () => this.#before.current ?? noAbsences,
  );
  readonly isLoaded = $derived.by(
    () =>
      this.#enrolments.current !== undefined &&
      this.#cards.current !== undefined &&
      this.#marks.current !== undefined &&
      this.#signUps.current !== undefined,
  );
  /** What kept the list from being read, if anything did. */
  readonly fault = $derived.by(() => this.#enrolments.error ?? this.#cards.error ?? this.#marks.error);

  /** Shows marks that a commit has just kept; the reading that follows takes over. */
  confirm(marks: readonly Mark[]): void {
    this.#confirmed = marksByParticipant([...this.#confirmed.values(), ...marks]);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.#confirmed = nothingConfirmed), readAgainMs);
  }

  // — Where and when —

  get timeZone(): string {
    return this.#device.timeZone;
  }
  get date(): string {
    return this.#list().occurrence.date;
  }
  get title(): string {
    return this.#list().group.label;
  }
  /** « Lundi · 14 h 30 » today, « Lundi 16 novembre · 14 h 30 » any other day. */
  get subtitle(): string {
    const { date, start } = this.#list().occurrence;
    const isToday = date === todayIn(this.timeZone, Date.now());
    const day = isToday ? weekdayName(weekdayOf(date)) : titleDate(date);
    return `${day.charAt(0).toLocaleUpperCase()}${day.slice(1)} · ${hour(start)}`;
  }
  /** A day still to come: nobody has come late to it yet. */
  get isAhead(): boolean {
    return this.date > todayIn(this.timeZone, Date.now());
  }
  get longTitle(): string {
    return `${this.title} · ${longDate(this.date)}`;
  }

  // — Whoever likes may come —

  /** Nobody is expected: without a mark a person is neither absent nor unanswered. */
  get isOpenRoster(): boolean {
    return this.#list().workshopType?.hasOpenRoster ?? false;
  }
  /** Those whom closing the list counts. */
  get rosterToClose(): readonly RosterEntry[] {
    return this.isOpenRoster ? answeredOf(this.roster, this.marks.values()) : this.roster;
  }
  /** It has a page of its own, with what is to be known of it and who is signed up. */
  get hasPage(): boolean {
    const { group, workshopType } = this.#list();
    return isOuting(group, workshopType);
  }
  /** « 5 signatures sur 12 »: of those who were there; empty before the first. */
  get signatureLabel(): string {
    if (this.signed.size === 0) return '';
    const { present, late, leftEarly } = this.counts;
    return m.roll_call_signatures({ signed: this.signed.size, there: present + late + leftEarly });
  }
  get closing(): Closing | undefined {
    return this.#list().closing;
  }
  /** « 14 comptés, 9 nommés », or only the names where nobody counted. */
  get presenceLabel(): string {
    const { present, late, leftEarly } = this.counts;
    const named = m.badges_named({ count: present + late + leftEarly });
    const headcount = this.closing?.headcount;
    if (headcount === undefined) return named;
    return m.badges_counted_named({ counted: m.badges_counted({ count: headcount }), named });
  }

  // — Closing —

  get isReadOnly(): boolean {
    return this.#list().term?.state === 'closed';
  }
  get isClosed(): boolean {
    return this.#list().closing?.state === 'closed';
  }
  /** To be filled in: neither closed nor of a term that is over. */
  get isOpen(): boolean {
    return !this.isReadOnly && !this.isClosed;
  }
  get isReopened(): boolean {
    return this.#list().closing?.state === 'reopened';
  }
  /** « Appel clôturé à 16 h 34. Tout le monde a une réponse… » */
  get closedLabel(): string {
    const closing = this.#list().closing;
    if (!closing) return '';
    const date = dateOf(closing.closedAt, this.timeZone);
    const time = hourOf(closing.closedAt, this.timeZone);
    const when =
      date === this.date
        ? m.roll_call_closed_at({ time })
        : m.roll_call_closed_on({ date: longDate(date), time });
    if (this.isOpenRoster) return `${when}. ${this.presenceLabel}.`;
    const { unmarked } = this.counts;
    return `${when}. ${unmarked ? m.roll_call_closed_gaps({ count: unmarked }) : m.roll_call_closed_complete()}`;
  }

  // — Names —

  nameOf(participant: ParticipantId): string {
    return this.rows.find((row) => row.participant === participant)?.calledName ?? '';
  }
  nameOfAccount(account: string): string {
    if (account === this.#device.account.name) return m.roll_call_history_you();
    return this.#names.current?.get(account) ?? m.roll_call_history_someone();
  }
  groupsOf(card: RosterCard): string {
    return this.#groupLabels.current?.get(card.participant)?.join(', ') ?? '';
  }
}
