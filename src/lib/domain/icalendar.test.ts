import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarMeetings } from './calendar-feed.ts';
import type { Occurrence, Shift, Venue } from './documents.ts';
import { newShifts, slotsOf } from './groups.ts';
import { hostileTexts } from './hostile-texts.ts';
import { icalendar } from './icalendar.ts';
import { cancelOccurrence } from './occurrence-edits.ts';
import { paris, author, later, maia, jean, at, groupAt, planned } from './term-fixtures.ts';

describe('the calendar file', () => {
  const group = { ...groupAt('g1', at(1, '10:00', '12:00')), label: 'Français, A1; débutants' };
  const all = planned(group);
  const venue = { venue: 'amarres', name: 'Les Amarres', at: author.at } as unknown as Venue;
  const parts = { occurrences: all, groups: [group], shifts: [] as Shift[], venues: [venue] };
  const text = (meetings = calendarMeetings(parts)) => icalendar('Planning', meetings, paris);

  it('keeps the hour on both sides of the clock change', () => {
    // 10 h in Paris is 8 h UTC until 29 October, 9 h after.
    expect(text()).toContain('DTSTART:20231023T080000Z');
    expect(text()).toContain('DTSTART:20231030T090000Z');
    expect(text()).toContain('SUMMARY:Français\\, A1\\; débutants');
    expect(text()).toContain('LOCATION:Les Amarres');
  });

  it('tells what was cancelled or moved under the same UID with a higher SEQUENCE', () => {
    const [first, ...rest] = all as [Occurrence, ...Occurrence[]];
    const cancelled = cancelOccurrence(first, 'x', later) as Occurrence;
    const changed = text(calendarMeetings({ ...parts, occurrences: [cancelled, ...rest] }));
    expect(changed.match(/STATUS:CANCELLED/g)).toHaveLength(1);
    const eventOf = (file: string) =>
      file.split('BEGIN:VEVENT').find((event) => event.includes(`UID:${first.occurrence}@`));
    expect(eventOf(text())).toContain('SEQUENCE:0');
    expect(eventOf(changed)).toContain('SEQUENCE:1');
    expect(eventOf(changed)).toContain('LAST-MODIFIED:20231011T120000Z');
  });

  it('says nothing of a place that is a secret, nor who comes', () => {
    const secret = text(calendarMeetings({ ...parts, venues: [{ ...venue, isSensitive: true }] }));
    expect(secret).not.toContain('Amarres');
    expect(secret).not.toMatch(/ATTENDEE|ORGANIZER|DESCRIPTION/);
  });

  it('has a facilitator’s own meetings: by shift, else by the team of the group', () => {
    const [first] = all as [Occurrence];
    const shifts = newShifts([first], [{ volunteer: jean, role: 'lead' }], [], author);
    expect(calendarMeetings({ ...parts, shifts }, jean).map((one) => one.occurrence)).toEqual([first]);
    expect(calendarMeetings({ ...parts, shifts }, maia).map((one) => one.occurrence)).toEqual(all.slice(1));
    const off = shifts.map((shift) => ({ ...shift, state: 'cancelled' as const }));
    expect(calendarMeetings({ ...parts, shifts: off }, jean)).toEqual([]);
  });

  it('has no meeting that its facilitator was taken off, though nobody replaces them', () => {
    const [first, second] = all as [Occurrence, Occurrence];
    const [own, ...others] = newShifts([first, second], group.team ?? [], [], author);
    if (!own) throw new Error('no shift');
    const shifts = [{ ...own, state: 'cancelled' as const }, ...others];
    const found = calendarMeetings({ ...parts, shifts }, maia).map((one) => one.occurrence);
    // Of the others no shift says anything: the team of the group does.
    expect(found).toEqual(all.slice(1));
  });

  it('property: is lines of at most 75 octets, each a property, and unfolds to the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const [meeting] = calendarMeetings(parts);
        if (!meeting) throw new Error('no meeting');
        const file = text([{ ...meeting, title }]);
        expect(file.endsWith('\r\n')).toBe(true);
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const unfolded = file.replaceAll('\r\n ', '').trimEnd().split('\r\n');
        for (const line of unfolded) expect(line).toMatch(/^[A-Z][A-Z-]*(;[A-Z]+=[A-Z]+)?:[^\r\n]*$/u);
        const summary = unfolded.find((line) => line.startsWith('SUMMARY:'))?.slice(8) ?? '';
        const back = summary.replaceAll(/\\(n|.)/gu, (_all, char: string) => (char === 'n' ? '\n' : char));
        const isPrintable = (char: string) =>
          char === '\n' || char === '\t' || (char >= ' ' && char !== '\u007f');
        expect(back).toBe([...title.replaceAll(/\r\n?/g, '\n')].filter(isPrintable).join(''));
      }),
    );
  });

  it('keeps hostile words within their line, and opens again with as many meetings', () => {
    const meetings = calendarMeetings(parts);
    const titled = hostileTexts.map((title, place) => {
      const meeting = meetings[place % meetings.length];
      if (!meeting) throw new Error('no meeting');
      return { ...meeting, title, place: title };
    });
    const file = new TextDecoder().decode(
      new TextEncoder().encode(icalendar(hostileTexts.join(' '), titled, paris)),
    );
    const lines = file.replaceAll('\r\n ', '').trimEnd().split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(titled.length);
    const wordsOf = (property: string) =>
      lines
        .filter((line) => line.startsWith(`${property}:`))
        .map((line) =>
          line
            .slice(property.length + 1)
            .replaceAll(/\\(n|.)/gu, (_all, char: string) => (char === 'n' ? '\n' : char)),
        );
    const plain = hostileTexts.map((text) =>
      text
        .toWellFormed()
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/(?![\n\t])\p{Cc}/gu, ''),
    );
    expect(wordsOf('SUMMARY')).toEqual(plain);
    expect(wordsOf('LOCATION')).toEqual(plain);
    for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z-]*(;[A-Z]+=[A-Z]+)?:/);
  });

  it('knows the slots of a group', () => {
    expect(slotsOf(groupAt('g', at(1, '10:00', '12:00'), at(3, '10:00', '12:00')))).toHaveLength(2);
  });
});
