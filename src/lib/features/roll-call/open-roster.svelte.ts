/** Whom a host looks for on an open roster: those of last time, those who wait for a place, anyone of the term. */
import type { RosterCard, WorkshopType } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { placesOf } from '$lib/domain/sign-up-places.ts';
import { live } from '$lib/store/live.svelte.ts';
import { findPeople, whoIsLookedFor } from './candidates.ts';
import type { OpenList } from './open-list.svelte.ts';
import { comersBefore, type FoundList } from './queries.ts';

const nobody: readonly ParticipantId[] = [];

export class OpenRoster {
  readonly #sheet: OpenList;
  readonly #list: () => FoundList;

  constructor(sheet: OpenList, list: () => FoundList) {
    this.#sheet = sheet;
    this.#list = list;
  }

  readonly #comers = $derived.by(() => {
    const { store, group, occurrence } = this.#list();
    return live(() => comersBefore(store, group.group, occurrence));
  });
  readonly #waiting = $derived.by(() =>
    placesOf(this.#sheet.signUps, this.#list().group).waiting.map(({ participant }) => participant),
  );

  /** On the waiting list, in the order of their turns. */
  readonly waiting: readonly RosterCard[] = $derived.by(() =>
    whoIsLookedFor(this.#waiting, this.#sheet.roster, this.#sheet.cards ?? []),
  );
  /** Came to the last meetings, and not on the list today. */
  readonly lastTime: readonly RosterCard[] = $derived.by(() => {
    const waiting = this.#waiting;
    const others = (this.#comers.current ?? nobody).filter((participant) => !waiting.includes(participant));
    return whoIsLookedFor(others, this.#sheet.roster, this.#sheet.cards ?? []);
  });

  /** Anyone of the term whose name what is typed begins. */
  found(typed: string): readonly RosterCard[] {
    return findPeople(typed, this.#sheet.roster, this.#sheet.cards ?? [], this.#kind);
  }

  get #kind(): WorkshopType['kind'] | undefined {
    return this.#list().workshopType?.kind;
  }
}
