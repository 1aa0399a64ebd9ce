/** The rules of a site's databases, asked over the protocol: the same verdicts here, through the gateway and by a CouchDB. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { designBody, designId } from '../../sync-server/design/presence-design.ts';
import {
  allowed,
  elise,
  maia,
  mark,
  refused,
  said,
  type Who,
} from '../../sync-server/design/presence-rules.cases.ts';
import { basic, type Target } from './exchange.ts';
import { targets } from './targets.ts';

const password = 'a-long-password';
const former = `1-${'a'.repeat(32)}`;
let count = 0;

for (const { title, open } of targets)
  describe(`the rules, ${title}`, () => {
    // A site and people of its own: a CouchDB that was given may have others.
    const site = `rules${Date.now().toString(36)}`;
    const here = <Value>(value: Value): Value =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll('paris13', site)
          .replaceAll(/\b(maia|noor|elise|zoe)\b/g, `$1.${site}`),
      ) as Value;
    const accounts = new Map<string, string>();
    let database = '';
    let target: Target;

    beforeAll(async () => {
      target = await open();
      for (const { name, roles } of [maia, elise, { name: 'zoe', roles: ['coordinator:lyon3'] }].map(here)) {
        const user = { type: 'user', name, roles, password };
        const { rev } = await ask('PUT', `/_users/org.couchdb.user:${name}`, user);
        accounts.set(String(name), String(rev));
      }
    });
    afterEach(() => ask('DELETE', `/${database}`));
    afterAll(async () => {
      for (const [name, rev] of accounts) await ask('DELETE', `/_users/org.couchdb.user:${name}?rev=${rev}`);
      await target.close();
    });

    async function ask(method: string, path: string, body?: unknown, as: string | null = target.admin) {
      const given = await target.ask({
        method,
        path,
        headers: {
          'content-type': 'application/json',
          ...(as === null ? {} : { authorization: basic(as) }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return JSON.parse(given.text) as Record<string, unknown>;
    }

    /** A database for one case. What is neither `commons` nor `registry` is a term. */
    async function openDatabase(name: string, isClosed: boolean): Promise<void> {
      count += 1;
      database = /-(commons|registry)$/.test(name) ? name : `${site}-t${count}`;
      const security = {
        admins: { names: [], roles: ['_admin'] },
        members: { names: [...accounts.keys()], roles: [] },
        ...(isClosed ? { closed: true } : {}),
      };
      for (const [path, body] of [
        ['', undefined],
        ['/_security', security],
        [`/${designId}`, designBody],
      ] as const)
        expect(await ask('PUT', `/${database}${path}`, body)).toMatchObject({ ok: true });
    }

    /** Why the document may not be written over the one before; `undefined` where it may. */
    async function verdict(written: unknown, before: unknown, by: Who, isClosed = false): Promise<unknown> {
      const [newDoc, oldDoc, who] = here([written, before, by]) as [
        Record<string, unknown>,
        Record<string, unknown> | null,
        Who,
      ];
      await openDatabase(who.db, isClosed);
      const bulk = `/${database}/_bulk_docs`;
      if (oldDoc) {
        const docs = [{ ...oldDoc, _id: newDoc._id, _rev: former }];
        expect(await ask('POST', bulk, { new_edits: false, docs })).toEqual([]);
      }
      const history = newDoc._revisions as { start: number; ids: string[] } | undefined;
      const on = oldDoc && oldDoc._deleted !== true ? { _rev: former } : {};
      const body = history
        ? { new_edits: false, docs: [{ ...newDoc, _rev: `${history.start}-${history.ids[0]}` }] }
        : { docs: [{ ...newDoc, ...on }] };
      const as =
        who.name === null ? null : who.roles.includes('_admin') ? target.admin : `${who.name}:${password}`;
      const answer = await ask('POST', bulk, body, as);
      const [row] = Array.isArray(answer) ? (answer as { reason?: string }[]) : [answer];
      return row?.reason;
    }

    it.each(allowed)('allow: %s', async (_what, newDoc, oldDoc, who) =>
      expect(await verdict(newDoc, oldDoc, who)).toBeUndefined(),
    );

    it.each(refused)('refuse: %s', async (_what, newDoc, oldDoc, who, why) =>
      // Who is not signed in does not get as far as the rules.
      expect(await verdict(newDoc, oldDoc, who)).toMatch(who.name === null ? /not authorized/ : why),
    );

    it('leave a closed term to coordinators', async () => {
      expect(await verdict(mark([said('maia')]), null, maia, true)).toMatch(/closed/);
      await ask('DELETE', `/${database}`);
      expect(await verdict(mark([said('elise')]), null, elise, true)).toBeUndefined();
    });
  });
