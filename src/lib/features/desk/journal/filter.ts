/** Which entries of the journal are shown. */
import type { JournalEntry, JournalKind } from '$lib/domain/journal.ts';
import { todayIn } from '$lib/domain/local-time.ts';
import type { Names } from '../names.ts';

export interface JournalFilter {
  /** Part of a person's name, of a participant or of the team; nothing: everybody. */
  readonly person: string;
  /** Account; nothing: all. */
  readonly author: string;
  readonly device: string;
  readonly kind: JournalKind | '';
  /** Local date; nothing: all. */
  readonly day: string;
}

/** The person whom a document is about: of its id alone, so that what is deleted is found too. */
function personOf(id: string, names: Names): string | undefined {
  const [type, first = '', second = ''] = id.split(':');
  switch (type) {
    case 'mark':
    case 'enrolment':
    case 'waiting':
    case 'signUp':
    case 'exit':
      return names.people.get(second)?.name;
    case 'rosterCard':
    case 'participant':
      return names.people.get(first)?.name;
    case 'shift':
      return names.volunteers.get(second)?.name;
    case 'volunteer':
      return names.volunteers.get(first)?.name;
    default:
      return undefined;
  }
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** @param about what the entry's document is about, where that is another document */
export function filterJournal(
  entries: readonly JournalEntry[],
  { person, author, device, kind, day }: JournalFilter,
  { names, abouts, timeZone }: { names: Names; abouts: ReadonlyMap<string, string>; timeZone: string },
): readonly JournalEntry[] {
  const wanted = plain(person);
  if (!wanted && !author && !device && !kind && !day) return entries;
  const known = new Map<string, boolean>();
  const isAbout = (id: string) => {
    let found = known.get(id);
    if (found === undefined) {
      found = plain(personOf(abouts.get(id) ?? id, names) ?? '').includes(wanted);
      known.set(id, found);
    }
    return found;
  };
  return entries.filter(
    (entry) =>
      (!author || entry.by === author) &&
      (!device || entry.device === device) &&
      (!kind || entry.kind === kind) &&
      (!day || (entry.at !== '' && todayIn(timeZone, entry.at) === day)) &&
      (!wanted || isAbout(entry.id)),
  );
}
