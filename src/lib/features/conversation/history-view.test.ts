import { describe, expect, it } from 'vitest';
import type { Debrief, Occurrence, Theme } from '$lib/domain/documents.ts';
import type { ThemeId } from '$lib/domain/ids.ts';
import { doneRows, lastNoted, waitingIdeas } from './history-view.ts';
import type { PastMeeting } from './queries.ts';

const id = (name: string) => name as ThemeId;
const themes = new Map(
  ['market', 'metro', 'feasts'].map((name) => [
    id(name),
    { theme: name, title: `Thème ${name}`, state: name === 'feasts' ? 'archived' : 'approved' } as Theme,
  ]),
);
const note = (said: Partial<Debrief>) =>
  ({ worked: '', nextTime: '', words: [], followUp: '', at: '2026-11-01T10:00:00.000Z', ...said }) as Debrief;
const meeting = (
  date: string,
  theme: string | undefined,
  notes: Debrief[] = [],
  people = 8,
): PastMeeting => ({
  occurrence: { occurrence: date, date, ...(theme ? { theme } : {}) } as unknown as Occurrence,
  notes,
  people,
});
const texts = (...given: Parameters<typeof waitingIdeas>) => waitingIdeas(...given).map(({ text }) => text);

describe('ideas that wait', () => {
  const past = [
    meeting('2026-11-16', 'metro', [note({ followUp: 'Écrire une carte postale', nextTheme: id('market') })]),
    meeting('2026-11-09', 'market', [note({ followUp: ' Lire une recette ', nextTheme: id('metro') })]),
  ];

  it('are those that nobody took up, and wishes whose theme was not done since', () => {
    expect(texts(past, [], undefined, themes)).toEqual([
      'Écrire une carte postale',
      'Thème market',
      'Lire une recette',
    ]);
  });

  it('go once a theme was chosen for them, at this meeting or before', () => {
    const here = [note({ tookUp: ['Lire une recette'] })];
    expect(texts(past, here, id('market'), themes)).toEqual(['Écrire une carte postale']);
  });

  it('stand once each, and never for a theme that was put away or is not here', () => {
    const twice = [
      meeting('2026-11-16', undefined, [note({ followUp: 'Un jeu' }), note({ nextTheme: id('feasts') })]),
      meeting('2026-11-09', undefined, [note({ followUp: 'Un jeu', nextTheme: id('unknown') })]),
    ];
    expect(texts(twice, [], undefined, themes)).toEqual(['Un jeu']);
  });
});

describe('what was done', () => {
  it('says the theme, the hosts’ average energy and what each says worked', () => {
    const both = [note({ energy: 5, worked: 'Les images.' }), note({ energy: 2, theme: id('metro') })];
    expect(doneRows([meeting('2026-11-16', 'market', both)], themes, '2026-11-23')).toMatchObject([
      { title: 'Thème metro', energy: 4, worked: ['Les images.'] },
    ]);
  });

  it('leaves out meetings of which nothing is known, and themes set ahead for days to come', () => {
    const rows = doneRows(
      [meeting('2026-11-30', 'market', [], 0), meeting('2026-11-16', undefined, [], 0)],
      themes,
      '2026-11-23',
    );
    expect(rows).toEqual([]);
  });

  it('ends with the last meeting of which a host noted something', () => {
    const past = [
      meeting('2026-11-16', 'market', [note({})]),
      meeting('2026-11-09', 'metro', [note({ energy: 3 })]),
    ];
    expect(lastNoted(past)?.occurrence.date).toBe('2026-11-09');
  });
});
