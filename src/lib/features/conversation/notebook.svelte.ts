/** One's own note of a meeting: every change goes to the device at once, one after the other. */
import type { AnyDocument, Author, Debrief } from '$lib/domain/documents.ts';
import { debriefDocId, type OccurrenceId } from '$lib/domain/ids.ts';
import type { NoteChange } from '$lib/domain/debriefs.ts';
import type { Store } from '$lib/store/store.ts';
import { ownNote } from './queries.ts';

export interface NotePlace {
  readonly store: Store;
  readonly occurrence: OccurrenceId;
  /** Asked anew at each change: it holds the time. */
  readonly author: () => Author;
}

const asNote = (document: AnyDocument | undefined) => (document?.type === 'debrief' ? document : undefined);

export class Notebook {
  readonly #place: NotePlace;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = $state(0);
  #hasFailed = $state(false);

  /** @param place the meeting that is open */
  constructor(place: NotePlace) {
    this.#place = place;
  }

  /** Something is on its way to the disk. */
  get isKeeping(): boolean {
    return this.#waiting > 0;
  }

  /** The last change could not be kept. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Comes once everything that was written so far is on the disk, or could not be kept. */
  get settled(): Promise<unknown> {
    return this.#queue;
  }

  /** Answers whether the device holds the note as it is after the change. Never throws. */
  write(change: NoteChange): Promise<boolean> {
    this.#waiting += 1;
    const done = this.#queue.then(async () => {
      const isKept = await keep(this.#place, change).catch((fault: unknown) => {
        reportError(fault);
        return false;
      });
      this.#waiting -= 1;
      this.#hasFailed = !isKept;
      return isKept;
    });
    this.#queue = done;
    return done;
  }
}

async function keep({ store, occurrence, author }: NotePlace, change: NoteChange): Promise<boolean> {
  const writer = author();
  const shown = await ownNote(store, occurrence, writer.by);
  let wasAsked = false;
  const committed = await store.commit([
    {
      id: debriefDocId(occurrence, writer.by),
      change(current) {
        wasAsked = true;
        const note: Debrief | undefined = current?._rev === shown?._rev ? shown : asNote(current);
        return change(note, occurrence, writer);
      },
    },
  ]);
  // A note that a newer app wrote is left alone by the store.
  return committed.ok && wasAsked;
}
