import { describe, expect, it } from 'vitest';
import type { Author } from './documents.ts';
import { parseDocument } from './documents.ts';
import type { VenueCode, WorkshopTypeCode } from './ids.ts';
import { venueWith, workshopTypeWith } from './programme-edits.ts';
import { standardVenues, standardWorkshopTypes } from './standard-programme.ts';

const author = { at: '2027-01-04T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const later = { ...author, at: '2027-01-05T09:00:00.000Z' };

describe('the 2023 programme', () => {
  it('has one mandatory workshop of 180 minutes, that assiduity is counted on', () => {
    const types = standardWorkshopTypes(author);
    expect(types.filter(({ isMandatory }) => isMandatory)).toMatchObject([
      { workshopType: 'socioprofessional', weeklyMinutes: 180, countsForAssiduity: true },
    ]);
    expect(types.map(({ weeklyMinutes }) => weeklyMinutes)).toEqual([180, 450, 120, 120, 120, 180]);
    const open = types.filter(({ hasOpenRoster }) => hasOpenRoster).map(({ kind }) => kind);
    expect(open).toEqual(['conversation', 'cultural']);
    expect(types.every((type) => parseDocument(type).ok)).toBe(true);
  });

  it('hides the name of the one room that reveals care', () => {
    const rooms = standardVenues(author);
    const sensitive = rooms.filter(({ isSensitive }) => isSensitive).map(({ name }) => name);
    expect(sensitive).toEqual(['CAPSYS Censier']);
    expect(rooms.every((room) => parseDocument(room).ok)).toBe(true);
  });
});

describe('a workshop type or a room changed by hand', () => {
  const facts = {
    label: ' Couture ',
    kind: 'practical',
    isMandatory: false,
    weeklyMinutes: 90,
    countsForAssiduity: false,
    hasOpenRoster: true,
  } as const;

  it('is made, changed with a trace, and left alone where nothing differs', () => {
    const made = workshopTypeWith(undefined, 'couture' as WorkshopTypeCode, facts, author);
    expect(parseDocument(made)).toMatchObject({ ok: true, document: { label: 'Couture' } });
    expect(workshopTypeWith(made, made.workshopType, facts, later)).toBe(made);
    const archived = workshopTypeWith(made, made.workshopType, { ...facts, isArchived: true }, later);
    expect(archived.changes?.map(({ kind }) => kind)).toEqual(['created', 'edited']);
  });

  it('keeps what was changed while it was open, where it was left as it was shown', () => {
    const shown = workshopTypeWith(undefined, 'couture' as WorkshopTypeCode, facts, author);
    const now = workshopTypeWith(shown, shown.workshopType, { ...facts, weeklyMinutes: 120 }, later);
    const saved = workshopTypeWith(now, shown.workshopType, { ...facts, label: 'Couture B' }, later, shown);
    expect(saved).toMatchObject({ label: 'Couture B', weeklyMinutes: 120 });
    const code = 'atelier' as VenueCode;
    const room = venueWith(undefined, code, { name: 'Atelier', address: '1 rue', capacity: 8 }, author);
    const bigger = venueWith(room, code, { name: 'Atelier', address: '1 rue', capacity: 12 }, later);
    const bare = venueWith(bigger, code, { name: 'Atelier', address: '', capacity: 8 }, later, room);
    expect(bare).toMatchObject({ capacity: 12 });
    expect(bare).not.toHaveProperty('address');
  });

  it('loses an address or a capacity that is taken away', () => {
    const code = 'atelier' as VenueCode;
    const made = venueWith(undefined, code, { name: 'Atelier', address: '1 rue', capacity: 8 }, author);
    expect(parseDocument(made).ok).toBe(true);
    const bare = venueWith(made, code, { name: 'Atelier', address: ' ', capacity: undefined }, later);
    expect(bare).not.toHaveProperty('address');
    expect(bare).not.toHaveProperty('capacity');
  });
});
