import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../sync-server/engine/engine.ts';
import { commonsSecurity } from '../../sync-server/site-security.ts';
import { asAdmin, markBy, openSite, type OpenSite } from './a-site.ts';

/** As a full disk or a killed server leaves it. */
describe('a site or a term that was half made', () => {
  let site: OpenSite;

  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.close());

  const makeTerm = (term = 's4') => site.ask('POST', '/api/sites/paris13/terms', site.elise, { term });
  const makeSite = () => site.ask('POST', '/api/sites', asAdmin, { site: 'lyon3', name: 'Lyon 3' });
  const made = (name: string): Database => {
    const created = site.server.engine.create(name);
    if (!created.ok) throw new Error(created.why);
    return created.database;
  };
  const open = (name: string) => site.server.engine.open(name);

  it('is finished when it is asked for again: a term without its rules', async () => {
    made('paris13-s4');
    expect((await makeTerm()).status).toBe(201);
    expect(open('paris13-s4')?.designDocuments()).toHaveLength(1);
    expect(open('paris13-s4')?.security()?.members.roles).toContain('volunteer:paris13:s4');
    expect(open('paris13-commons')?.security()?.members.roles).toContain('volunteer:paris13:s4');
    expect((await makeTerm()).status).toBe(412);
  });

  it('is finished when it is asked for again: a term whose people may not open the common database', async () => {
    await makeTerm();
    open('paris13-commons')?.setSecurity(commonsSecurity('paris13', ['s3-2023']));
    expect((await makeTerm()).status).toBe(412);
    const roles = open('paris13-commons')?.security()?.members.roles;
    expect(roles).toEqual(expect.arrayContaining(['volunteer:paris13:s3-2023', 'volunteer:paris13:s4']));
  });

  it('is finished when it is asked for again: a site', async () => {
    made('lyon3-commons');
    expect((await makeSite()).status).toBe(201);
    expect(open('lyon3-commons')?.row('site:lyon3')?.isDeleted).toBe(false);
    site.server.engine.destroy('lyon3-registry');
    expect((await makeSite()).status).toBe(201);
    expect(open('lyon3-registry')?.security()?.members.roles).toEqual(['coordinator:lyon3']);
    expect((await makeSite()).status).toBe(412);
  });

  it('is none when somebody else’s documents stand in it', async () => {
    const { _id: id, ...body } = markBy('maia');
    made('paris13-s4').write([{ id, body, isDeleted: false, edit: { parent: undefined } }]);
    expect((await makeTerm()).status).toBe(412);
    expect(open('paris13-s4')?.security()).toBeUndefined();
  });

  it('leaves nothing behind when its file cannot be made', async () => {
    const folder = join(site.dataDir, 'databases');
    const inTheWay = join(folder, 'paris13-s4.sqlite-wal');
    mkdirSync(inTheWay);
    expect((await makeTerm()).status).toBe(500);
    expect(site.server.engine.names()).not.toContain('paris13-s4');
    expect(readdirSync(folder)).not.toContain('paris13-s4.sqlite');
    rmdirSync(inTheWay);
    expect((await makeTerm()).status).toBe(201);
  });
});
