/**
 * Subscribing to a calendar: a secret address for the meetings of a term, or for those of one facilitator, that any
 * calendar program reads without signing in. It tells titles, hours and places that are no secret: nobody's name.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { CalendarRecord, Kept } from '../accounts/records.ts';
import { isServerAdmin } from '../accounts/user.ts';
import { calendarMeetings } from '../../src/lib/domain/calendar-feed.ts';
import { parseDocument, type AnyDocument, type Site } from '../../src/lib/domain/documents.ts';
import { icalendar } from '../../src/lib/domain/icalendar.ts';
import {
  commonsDatabase,
  termDatabase,
  type SiteCode,
  type TermCode,
  type VolunteerId,
} from '../../src/lib/domain/ids.ts';
import { ofType } from '../../src/lib/domain/of-type.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { forbidden, notFound, unauthorized } from '../http/http-error.ts';
import { bodyOf, termCode } from './body.ts';

const wanted = z.object({
  /** One facilitator, by the id of the term's documents; the whole term when absent. */
  volunteer: z.optional(z.string().check(z.minLength(1), z.maxLength(120))),
});

/** `GET` and `POST /api/sites/{site}/terms/{term}/calendars`: the addresses that answer, and a new one. */
export const calendars: Endpoint = {
  methods: ['GET', 'POST'],
  path: '/sites/:site/terms/:term/calendars',
  access: 'anyone',
  async handle(call) {
    const { site, term, isCoordinator } = termOf(call);
    const { accounts } = call.service;
    if (call.method === 'GET') {
      const own = accounts.calendars
        .of(site, term)
        .filter(({ record }) => isCoordinator || record.account === call.user.name);
      return {
        body: {
          calendars: own.map(({ key, record: { volunteer, by, createdAt } }) => ({
            id: key,
            ...(volunteer === undefined ? {} : { volunteer }),
            by,
            createdAt,
          })),
        },
      };
    }
    const { volunteer: asked } = bodyOf(call, wanted);
    if (!(await call.service.databases.securityOf(databaseOf(site, term)))) throw notFound('missing');
    const team = ofType(await documents(call, databaseOf(site, term), ['volunteer']), 'volunteer');
    const volunteer = team.find(({ volunteer: id }) => id === asked);
    if (asked !== undefined && !volunteer) throw notFound('missing');
    if (!isCoordinator && (!volunteer || volunteer.account !== call.user.name))
      throw forbidden('Only coordinators share what is not their own.');
    const by = call.user.name ?? '';
    const account = volunteer ? volunteer.account : isServerAdmin(call.user) ? undefined : by;
    const made = accounts.calendars.make({ site, term, volunteer: asked, account, by }, Date.now());
    const { origin } = new URL(call.origin);
    return { status: 201, body: { id: made.key, url: `${origin}/api/calendars/${made.token}.ics` } };
  },
};

/** `DELETE /api/sites/{site}/terms/{term}/calendars/{calendar}`: its address answers no more. */
export const calendar: Endpoint = {
  methods: ['DELETE'],
  path: '/sites/:site/terms/:term/calendars/:calendar',
  access: 'anyone',
  handle(call) {
    const { site, term, isCoordinator } = termOf(call);
    const kept = call.service.accounts.calendars;
    const found = kept.named(call.params.calendar ?? '');
    const isHere = found?.record.site === site && found.record.term === term;
    const isTheirs = isCoordinator || found?.record.account === call.user.name;
    if (!found || !isHere || !isTheirs || !kept.revoke(found, Date.now())) throw notFound('missing');
    return { body: { ok: true } };
  },
};

/** `GET /api/calendars/{token}.ics`: the calendar. The address is the proof; nobody is signed in. */
export const calendarFile: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/calendars/:file',
  access: 'anyone',
  takesTurns: true,
  async handle(call) {
    const token = /^([\w-]{22})\.ics$/.exec(call.params.file ?? '')?.[1];
    const found = token === undefined ? undefined : call.service.accounts.calendars.find(token);
    if (!found || !isShared(call, found)) throw notFound('missing');
    const text = await written(call, found.record);
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    const headers = { etag, 'cache-control': 'private, no-cache' };
    const known = String(call.headers['if-none-match'] ?? '');
    if (known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag))
      return { status: 304, headers };
    return { headers, bytes: { type: 'text/calendar; charset=utf-8', content: Buffer.from(text) } };
  },
};

/** Somebody whose account is gone or disabled reads nothing any more; nor who shared it for themself and left the term. */
function isShared({ service }: Call, { record }: Kept<CalendarRecord>): boolean {
  const { account: name, by, site, term } = record;
  if (name === undefined) return true;
  const account = service.accounts.team.find(name);
  if (!account || account.isDisabled) return false;
  const serves = [`coordinator:${site}`, `volunteer:${site}:${term}`];
  return by !== name || account.roles.some((role) => serves.includes(role));
}

async function written(call: Call, record: CalendarRecord): Promise<string> {
  const site = record.site as SiteCode;
  const [inTerm, common] = await Promise.all([
    documents(call, databaseOf(record.site, record.term), ['occurrence', 'group', 'shift']),
    documents(call, commonsDatabase(site), ['venue', 'site']),
  ]);
  const about: Site | undefined = ofType(common, 'site')[0];
  const label = about?.terms.find(({ term }) => term === record.term)?.label ?? record.term;
  const meetings = calendarMeetings(
    {
      occurrences: ofType(inTerm, 'occurrence'),
      groups: ofType(inTerm, 'group'),
      shifts: ofType(inTerm, 'shift'),
      venues: ofType(common, 'venue'),
    },
    record.volunteer as VolunteerId | undefined,
  );
  return icalendar(`Présence ${label}`, meetings, about?.timezone ?? 'Europe/Paris');
}

const documents = async (call: Call, database: string, types: readonly string[]): Promise<AnyDocument[]> =>
  (await call.service.databases.documentsOf(database, types)).flatMap((one) => {
    const parsed = parseDocument(one);
    return parsed.ok ? parsed.document : [];
  });

const databaseOf = (site: string, term: string) => termDatabase(site as SiteCode, term as TermCode);

/** The term of the path, for those who serve it. Throws a 401, 403 or 404. */
function termOf({ user, params }: Call) {
  const { site = '', term = '' } = params;
  if (user.name === null) throw unauthorized('Sign in first.');
  const isCoordinator = isServerAdmin(user) || user.roles.includes(`coordinator:${site}`);
  if (!isCoordinator && !user.roles.includes(`volunteer:${site}:${term}`))
    throw forbidden('Only the team of this term may do this.');
  const isTerm = z.safeParse(termCode, term).success && term !== 'commons' && term !== 'registry';
  if (!isTerm) throw notFound('missing');
  return { site, term, isCoordinator };
}
