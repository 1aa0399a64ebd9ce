import { describe, expect, it } from 'vitest';
import { placeOf } from './place.ts';

describe('an address below /couch', () => {
  it.each([
    ['/couch', '/', []],
    ['/couch/', '/', []],
    ['/couch?x=1', '/?x=1', []],
    ['/couch/_session', '/_session', ['_session']],
    ['/couch/_session/?a=b', '/_session/?a=b', ['_session']],
    ['/couch/paris13-s1/mark:a%2Fb?rev=1-a', '/paris13-s1/mark:a%2Fb?rev=1-a', ['paris13-s1', 'mark:a/b']],
    ['/couch/a%2Fb/_changes', '/a%2Fb/_changes', ['a/b', '_changes']],
    ['/couch/db?key="a\\?"', '/db?key="a\\?"', ['db']],
    [
      '/couch/_users/org.couchdb.user:a+b',
      '/_users/org.couchdb.user:a+b',
      ['_users', 'org.couchdb.user:a b'],
    ],
    ['/couch/db/_%64esign/x', '/db/_%64esign/x', ['db', '_design', 'x']],
  ])('%s names one thing', (url, path, parts) => {
    expect(placeOf(url)).toEqual({ path, parts });
  });

  it.each(['/', '/couchdb', '/api/couch', '/couch_session', 'http://host/couch/_session'])(
    '%s is none',
    (url) => {
      expect(placeOf(url)).toBeUndefined();
    },
  );

  it.each([
    '/couch//_session',
    '/couch/_session//',
    '/couch/%5fsession',
    '/couch/%5Fusers/_bulk_docs',
    '/couch/./_session',
    '/couch/%2e/_session',
    '/couch/db/../_session',
    '/couch/db/%2E%2e/_session',
    '/couch/\\_session',
    '/couch/_session#',
    '/couch/db/%',
    '/couch/db?a#b',
  ])('%s is refused', (url) => {
    expect(() => placeOf(url)).toThrow('bad_request');
  });
});
