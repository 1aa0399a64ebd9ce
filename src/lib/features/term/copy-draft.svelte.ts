/** What is to be taken over from an earlier term, while it is being chosen. */
import type { Group, WorkshopType } from '$lib/domain/documents.ts';
import { plannedOccurrences, type TermCalendar } from '$lib/domain/schedule.ts';
import { groupsToCopy } from '$lib/domain/term-copy.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import type { Copy } from './commands.ts';
import { inProgrammeOrder } from './kinds.ts';

export class CopyDraft {
  /** Code of the term, or nothing. */
  from = $state('');
  withMeetings = $state(true);
  keepsTeam = $state(false);
  #groups = $state.raw<readonly Group[]>([]);
  #chosen = $state.raw<readonly string[]>([]);
  #shownOf = '';

  get groups(): readonly Group[] {
    return this.#groups;
  }

  /** The groups of the chosen term: ticked at first, but for those that stopped or whose workshop is no longer offered. */
  show(code: string, groups: readonly Group[], types: readonly WorkshopType[]): void {
    const archived = types.filter((one) => one.isArchived).map(({ workshopType }) => workshopType);
    const order = inProgrammeOrder(types).map(({ workshopType }) => workshopType);
    this.#groups = groupsToCopy(groups).sort(
      (a, b) =>
        order.indexOf(a.workshopType) - order.indexOf(b.workshopType) ||
        a.label.localeCompare(b.label, 'fr', { numeric: true }),
    );
    if (this.#shownOf === code) return;
    this.#shownOf = code;
    this.#chosen = this.#groups
      .filter(({ workshopType, isArchived }) => !isArchived && !archived.includes(workshopType))
      .map(({ group }) => group);
  }

  isChosen = (group: Group) => this.#chosen.includes(group.group);

  choose(group: Group, isChosen: boolean): void {
    const others = this.#chosen.filter((one) => one !== group.group);
    this.#chosen = isChosen ? [...others, group.group] : others;
  }

  chooseAll(isChosen: boolean): void {
    this.#chosen = isChosen ? this.#groups.map(({ group }) => group) : [];
  }

  get chosenGroups(): readonly Group[] {
    return this.from === this.#shownOf ? this.#groups.filter(this.isChosen) : [];
  }

  /** How many meetings the chosen groups would have. */
  meetingsIn(calendar: TermCalendar): number {
    if (!this.withMeetings) return 0;
    return this.chosenGroups.reduce((sum, group) => sum + plannedOccurrences(group, calendar).length, 0);
  }

  /** `undefined` when nothing is to be copied. */
  copyFrom(replicas: readonly TermReplica[]): Copy | undefined {
    const from = replicas.find(({ term }) => term === this.from);
    const groups = this.chosenGroups;
    if (!from || groups.length === 0) return undefined;
    return { from, groups, withMeetings: this.withMeetings, keepsTeam: this.keepsTeam };
  }
}
