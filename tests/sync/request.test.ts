import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestJson, type Fetch } from '../../src/lib/sync/request.ts';
import { openFaultyLine, type Fault, type FaultyLine } from './faulty-line.ts';

const browserFetch: Fetch = (input, init) => fetch(input, init);

const { any } = AbortSignal;

let line: FaultyLine;
beforeEach(async () => {
  line = await openFaultyLine(() => 'http://127.0.0.1:9');
});
afterEach(async () => {
  Reflect.set(AbortSignal, 'any', any);
  await line.close();
});

describe('a request', () => {
  it.each<[string, Fault, string]>([
    ['no line', { kind: 'refuse' }, 'network'],
    ['no answer in time', { kind: 'silent' }, 'timeout'],
    ["a captive portal's page", { kind: 'html' }, 'not-json'],
    ['half an answer', { kind: 'status', status: 200, body: '{"ok":tr' }, 'not-json'],
    ['an empty answer', { kind: 'status', status: 200, body: '' }, 'not-json'],
  ])('tells %s apart, and never throws', async (_name, fault, why) => {
    line.faultOf = () => fault;
    expect(await requestJson(browserFetch, line.origin, { timeoutMs: 100 })).toEqual({ ok: false, why });
  });

  it.each(['a new browser', 'an old one'])('ends at once when it is given up, in %s', async (browser) => {
    if (browser === 'an old one') Reflect.set(AbortSignal, 'any', undefined);
    expect(typeof AbortSignal.any).toBe(browser === 'an old one' ? 'undefined' : 'function');
    line.faultOf = () => ({ kind: 'silent' });
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), 30);
    expect(await requestJson(browserFetch, line.origin, { signal: giveUp.signal })).toMatchObject({
      ok: false,
    });
  });
});
