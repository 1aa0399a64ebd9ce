import { expect, it } from 'vitest';
import { generateDemoYear } from '$lib/domain/demo-year/generate.ts';
import { behindFinding } from '$lib/domain/indicators/behind-finding.ts';
import { behind } from '$lib/domain/indicators/behind.ts';
import { reportOf } from '$lib/domain/indicators/report.ts';
import { yearScope } from '$lib/domain/indicators/scope.ts';
import { behindItems } from './behind-items.ts';
import { namesBehind } from './behind-names.ts';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
const site = {
  ...{ commons: of('commons'), registry: of('registry') },
  terms: [of('s1-2023'), of('s2-2023'), of('s3-2023')],
};
const { report, facts } = reportOf([site], yearScope(2023));
const terms = Object.fromEntries(facts.terms.map(({ term, label }) => [term, label]));
const itemsOf = (figure: string, places: readonly object[]) => {
  const { rows } = behind(facts, { figure, places });
  return behindItems(rows, namesBehind(rows, site), terms);
};

it('names people in the order of their names, with a way to each and what they followed', () => {
  const items = itemsOf('assidus', [{ kind: 'socioprofessional', gender: 'woman', term: 's1-2023' }]);
  const names = items.map(({ sortKey }) => sortKey);
  expect(names).toEqual([...names].sort());
  expect(items[0]?.href).toMatch(/^\/personnes\/\w+$/);
  expect(items[0]?.subtitle).toMatch(/S1\.23.* séances suivies sur \d+ dues/);
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
});

it('names meetings by their date, and those who lead by what they are', () => {
  const [meeting] = itemsOf('meetings', [{ kind: 'language' }]);
  expect(meeting?.title).toMatch(/^[A-Z]\S+ \d+ \S+, /);
  expect(meeting?.href).toMatch(/^\/appel\//);
  const [leader] = itemsOf('facilitators', [{ facilitatorKind: 'volunteer', kind: 'language' }]);
  expect(leader?.subtitle).toMatch(/^Bénévoles, Français, S\d\.23, \d+ séances?, /);
});

it('tells whom and what a finding is about', () => {
  const person = String(
    of('registry')
      .find(({ type }) => type === 'participant')
      ?._id.split(':')[1],
  );
  const about = { key: 'peopleWithoutGender', count: 1, rows: [person] } as const;
  const { rows } = behindFinding(facts, about);
  expect(behindItems(rows, namesBehind(rows, site), terms)[0]?.href).toBe(`/personnes/${person}`);
  const held = facts.tables.meetings[0]?.occurrence ?? '';
  const meetings = behindFinding(facts, { key: 'heldNotClosed', count: 1, rows: [held] });
  expect(meetings).toMatchObject({ counted: 1, rows: [{ about: 'meeting', occurrence: held }] });
  const mark = `mark:${held}:${person}`;
  const astray = behindFinding(facts, { key: 'astrayMarks', count: 1, rows: [mark] });
  expect(astray.rows).toMatchObject([{ about: 'person', participant: person }]);
  expect(report.findings.filter((one) => 'rows' in one)).toEqual([]);
});
