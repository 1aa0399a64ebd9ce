import { describe, expect, it } from 'vitest';
import type { Author } from '$lib/domain/documents.ts';
import type { AccountName, DeviceId, ParticipantId } from '$lib/domain/ids.ts';
import { newParticipant } from '$lib/domain/participants.ts';
import { boardOf, shownPeople } from './board.ts';

const author: Author = {
  at: '2023-10-02T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const file = (key: string, firstName: string, familyName: string) =>
  newParticipant(
    key as ParticipantId,
    {
      ...{ firstName, familyName, gender: 'unknown' as const, languages: [] },
      ...{ isFrancophone: false, statusHistory: [] },
    },
    author,
  );
const files = [
  file('a', 'Mohamed', 'Diallo'),
  file('b', 'محمد', 'احمدی'),
  file('c', 'Awa', 'Traoré'),
  file('d', 'Aminata', 'Mohamed'),
];
const board = boardOf(
  {
    facts: { groups: [], enrolments: [], waiting: [], workshopTypes: [] },
    ...{ cards: [], exits: [], files },
  } as unknown as Parameters<typeof boardOf>[0],
  '2023-10-02',
);
const found = (typed: string) => shownPeople(board, typed, 'all').map(({ participant }) => participant);

describe('the people of the board', () => {
  it.each(['Muhammad', 'محمد', 'mohammed'])('are found by « %s », however the name is written', (typed) => {
    expect(found(typed).sort()).toEqual(['a', 'b', 'd']);
  });

  it('are all there in the order of names while nothing is typed', () => {
    expect(found(' ')).toEqual(board.people.map(({ participant }) => participant));
    expect(shownPeople(board, 'awa', 'none')).toHaveLength(1);
    expect(shownPeople(board, 'awa', 'language')).toEqual([]);
  });
});
