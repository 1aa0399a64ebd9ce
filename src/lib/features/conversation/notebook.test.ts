import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longestNote, setEnergy, typeText } from '$lib/domain/debriefs.ts';
import type { Author } from '$lib/domain/documents.ts';
import { debriefDocId, type AccountName, type DeviceId, type OccurrenceId } from '$lib/domain/ids.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { Notebook } from './notebook.svelte.ts';
import { ownNote } from './queries.ts';
import { TextDraft } from '$lib/ui/text-draft.svelte.ts';

const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const account = 'lucie' as AccountName;
const id = debriefDocId(occurrence, account);
const author = (): Author => ({
  at: '2026-11-23T15:30:00.000Z',
  by: account,
  device: 'phone' as DeviceId,
});

let store: Store;
let notebook: Notebook;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `notebook-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
  notebook = new Notebook({ store, occurrence, author });
});
afterEach(() => store.destroy());

describe('the notebook', () => {
  it('keeps one change after the other, each whole', async () => {
    const done = [1, 2, 3].map((energy) => notebook.write(setEnergy(energy)));
    expect(notebook.isKeeping).toBe(true);
    expect(await Promise.all(done)).toEqual([true, true, true]);
    expect(await ownNote(store, occurrence, account)).toMatchObject({ energy: 3 });
    expect(notebook.isKeeping).toBe(false);
  });

  it('says so when the device cannot keep a change', async () => {
    const told: unknown[] = [];
    vi.stubGlobal('reportError', (fault: unknown) => told.push(fault));
    store.close();
    expect(await notebook.write(setEnergy(1))).toBe(false);
    expect(notebook).toMatchObject({ hasFailed: true, isKeeping: false });
    expect(told).toHaveLength(1);
    vi.unstubAllGlobals();
  });

  it('shows what two devices of the host wrote, and keeps both with the next change', async () => {
    const version = (hash: string, said: object) => ({
      ...{ id, rev: `1-${hash}`, isDeleted: false, start: 1, hashes: [hash] },
      body: {
        ...{ type: 'debrief', v: 1, ...author(), occurrence },
        ...{ worked: '', nextTime: '', words: [], followUp: '', ...said },
      },
    });
    await store.writeReplicated([
      version('a'.repeat(32), { worked: 'Le jeu.' }),
      version('b'.repeat(32), { energy: 4 }),
    ]);
    expect(await ownNote(store, occurrence, account)).toMatchObject({ worked: 'Le jeu.', energy: 4 });
    await notebook.write(typeText('nextTime', '', 'Plus de temps.'));
    const [winner] = await store.leavesOf(id);
    expect(winner?.document).toMatchObject({ worked: 'Le jeu.', energy: 4, nextTime: 'Plus de temps.' });
  });
});

describe('a text that is typed', () => {
  let kept: string;
  const saved: [string, string][] = [];
  const draft = () =>
    new TextDraft({
      longest: longestNote.text,
      kept: () => kept,
      save: (base, typed) => {
        saved.push([base, typed]);
        kept = typed;
        return Promise.resolve(true);
      },
    });
  beforeEach(() => {
    kept = '';
    saved.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('is kept once the typing pauses, and says what it started from', async () => {
    const text = draft();
    text.type('L');
    text.type('Le jeu');
    expect(text.isDirty).toBe(true);
    await vi.runAllTimersAsync();
    expect(saved).toEqual([['', 'Le jeu']]);
    expect(text.isDirty).toBe(false);
    kept = 'Le jeu, dit ailleurs';
    text.type('Le jeu.');
    await text.flush();
    expect(saved.at(-1)).toEqual(['Le jeu, dit ailleurs', 'Le jeu.']);
  });

  it('is kept at once when the page is left', async () => {
    const text = draft();
    text.type('Le jeu');
    await text.flush();
    expect(saved).toEqual([['', 'Le jeu']]);
  });

  it('is not kept while it is too long, and stays on the screen', async () => {
    const text = draft();
    text.type('x'.repeat(1001));
    await text.flush();
    expect(text.isTooLong).toBe(true);
    expect(saved).toEqual([]);
    expect(text.value).toHaveLength(1001);
  });
});
