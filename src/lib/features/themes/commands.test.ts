import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Author } from '$lib/domain/documents.ts';
import type { AccountName, DeviceId, ThemeId } from '$lib/domain/ids.ts';
import { newTheme, readyMadeThemeId } from '$lib/domain/themes.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack, type Written } from '$lib/store/taken-back.ts';
import { createTheme, saveTheme, setState, takeReadyMade } from './commands.ts';

const author: Author = {
  at: '2026-11-23T13:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const facts = { title: 'Au parc', level: 'A1' as const, prompts: [{ text: 'Et vous' }], vocabulary: [] };
const id = 't1' as ThemeId;

let commons: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `themes-${(count += 1)}` });
  if (!opened.ok) throw new Error('the store did not open');
  commons = opened.store;
});
afterEach(() => commons.destroy());

const steps = (written: Written) => {
  if (!written.ok) throw new Error(written.why);
  return written.steps;
};
const documentsOf = (written: Written) =>
  steps(written).reduce((sum, { documents }) => sum + documents.size, 0);
const states = async () => (await commons.ofType('theme')).map(({ title, state }) => `${title}: ${state}`);

describe('the library of themes', () => {
  it('takes the forty over once, in one write, and leaves alone what was mended since', async () => {
    expect(documentsOf(await takeReadyMade(commons, author))).toBe(40);
    const mended = readyMadeThemeId('marche');
    const shown = (await commons.ofType('theme')).find(({ theme }) => theme === mended);
    if (!shown) throw new Error('not there');
    await saveTheme(commons, shown, { ...facts, title: 'Notre marché' }, author);
    expect(documentsOf(await takeReadyMade(commons, author))).toBe(0);
    const themes = await commons.ofType('theme');
    expect(themes).toHaveLength(40);
    expect(themes.find(({ theme }) => theme === mended)?.title).toBe('Notre marché');
  });

  it('gives the forty back with one press, and takes them again', async () => {
    await takeBack(steps(await takeReadyMade(commons, author)), author);
    expect(await states()).toEqual([]);
    expect(documentsOf(await takeReadyMade(commons, author))).toBe(40);
    expect(await states()).toHaveLength(40);
  });

  it('approves what a volunteer proposed, puts it away, and takes each step back', async () => {
    const maia = { ...author, by: 'maia' as AccountName };
    const proposal = newTheme(id, facts, false, maia);
    await commons.commit([{ id: proposal._id, change: () => proposal }]);
    const approving = await setState(commons, id, 'approved', author);
    expect(await states()).toEqual(['Au parc: approved']);
    const archiving = await setState(commons, id, 'archived', author);
    expect(await states()).toEqual(['Au parc: archived']);
    await takeBack(steps(archiving), author);
    expect(await states()).toEqual(['Au parc: approved']);
    // What was changed since stays.
    expect(await takeBack(steps(approving), author)).toBe(0);
    const [theme] = await commons.ofType('theme');
    expect(theme?.changes?.map(({ kind, by }) => [kind, by])).toEqual([
      ['created', 'maia'],
      ['edited', 'elise'],
      ['edited', 'elise'],
      ['undone', 'elise'],
    ]);
  });

  it('keeps what somebody else wrote while a form was open, where the form left it as it was', async () => {
    await createTheme(commons, id, facts, author);
    const [shown] = await commons.ofType('theme');
    if (!shown) throw new Error('not there');
    await saveTheme(commons, shown, { ...facts, aim: 'Parler des arbres.', title: 'Au jardin' }, author);
    await saveTheme(commons, shown, { ...facts, title: 'Au bois' }, author);
    expect(await commons.ofType('theme')).toMatchObject([{ title: 'Au bois', aim: 'Parler des arbres.' }]);
  });

  it('creates a theme that is approved from the start, and writes nothing when nothing changes', async () => {
    await createTheme(commons, id, facts, author);
    expect(await states()).toEqual(['Au parc: approved']);
    const [shown] = await commons.ofType('theme');
    if (!shown) throw new Error('not there');
    expect(documentsOf(await saveTheme(commons, shown, facts, author))).toBe(0);
    expect(documentsOf(await setState(commons, id, 'approved', author))).toBe(0);
  });
});
