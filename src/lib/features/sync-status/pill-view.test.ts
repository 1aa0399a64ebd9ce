import { describe, expect, it } from 'vitest';
import { pillState } from './pill-view.ts';

const status = { phase: 'idle', unsent: 0, refused: 0, carried: 0, isProven: true } as const;

describe('the pill', () => {
  it('says « À jour » only when the server has proven it', () => {
    expect(pillState(status)).toBe('current');
    expect(pillState({ ...status, isProven: false })).toBe('checking');
    expect(pillState({ ...status, phase: 'syncing', isProven: false })).toBe('checking');
  });

  it('puts a problem before being offline, and that before what waits', () => {
    expect(pillState({ ...status, unsent: 3, isProven: false })).toBe('pending');
    expect(pillState({ ...status, phase: 'offline', unsent: 3 })).toBe('offline');
    expect(pillState({ ...status, phase: 'offline', unsent: 3, refused: 1 })).toBe('problem');
    expect(pillState({ ...status, phase: 'signed-out' })).toBe('problem');
  });

  it('says what it holds for others after what waits here, and never « À jour » meanwhile', () => {
    expect(pillState({ ...status, carried: 4, isProven: false })).toBe('carried');
    expect(pillState({ ...status, carried: 4, unsent: 1, isProven: false })).toBe('pending');
    expect(pillState({ ...status, carried: 4, phase: 'offline', isProven: false })).toBe('offline');
  });

  it('takes a captive portal for no network, and a broken server for a problem', () => {
    expect(pillState({ ...status, phase: 'failing', failure: 'not-json' })).toBe('offline');
    expect(pillState({ ...status, phase: 'failing', failure: 'server' })).toBe('problem');
  });
});
