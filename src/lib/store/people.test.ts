import { describe, expect, it } from 'vitest';
import type { Author } from '../domain/documents.ts';
import type { AccountName, DeviceId, ParticipantId } from '../domain/ids.ts';
import { newParticipant } from '../domain/participants.ts';
import { survivorOf } from './people.ts';

const author: Author = { at: '2026-02-02T08:00:00Z', by: 'elise' as AccountName, device: 'desk' as DeviceId };
const file = (key: string, mergedInto?: string) => ({
  ...newParticipant(
    key as ParticipantId,
    {
      ...{ firstName: key, familyName: '', gender: 'unknown' as const, languages: [] },
      ...{ isFrancophone: false, statusHistory: [] },
    },
    author,
  ),
  ...(mergedInto ? { mergedInto: mergedInto as ParticipantId } : {}),
});
const survivor = (from: string, ...files: ReturnType<typeof file>[]) => {
  const byId = new Map(files.map((one) => [one.participant, one]));
  const first = byId.get(from as ParticipantId);
  return first && survivorOf(first, byId).participant;
};

describe('the file that stands for one that was merged', () => {
  it('is itself, or the last one of a chain', () => {
    expect(survivor('a', file('a'))).toBe('a');
    expect(survivor('a', file('a', 'b'), file('b', 'c'), file('c'))).toBe('c');
  });

  it('is one of two that were merged into one another on two devices: nobody is lost', () => {
    const both = [file('b', 'a'), file('a', 'b')];
    expect(survivor('a', ...both)).toBe('a');
    expect(survivor('b', ...both)).toBe('a');
    expect(survivor('c', ...both, file('c', 'b'))).toBe('a');
  });

  it('is the last one known where the chain leads out of this device', () => {
    expect(survivor('a', file('a', 'gone'))).toBe('a');
  });
});
