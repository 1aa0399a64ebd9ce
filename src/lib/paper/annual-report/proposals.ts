/** A first text of each section, made of the figures there are: whoever writes the report goes on from it. */
import type { TextFigure } from '../../domain/annual-report/figures-in-text.ts';
import type { SectionKey } from '../../domain/annual-report/outline.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { listed } from '../../i18n/dates.ts';
import { m } from '../../i18n/paraglide/messages.js';

const named = (name: string) => `{${name}}`;

/** @param figures those that there are: nothing is said of others */
export function proposalOf(section: SectionKey, report: Report, figures: readonly TextFigure[]): string {
  const names = new Set(figures.filter(({ value }) => value !== '–').map(({ name }) => name));
  const has = (...all: string[]) => all.every((name) => names.has(name));
  /** A sentence, where all its figures are there. */
  const told = (sentence: (values: never) => string, values: Record<string, string>) =>
    has(...Object.values(values))
      ? [
          sentence(
            Object.fromEntries(Object.entries(values).map(([key, name]) => [key, named(name)])) as never,
          ),
        ]
      : [];
  const isNone = (name: string) => figures.find((one) => one.name === name)?.value === '0';
  switch (section) {
    case 'introduction':
      return [
        ...told(m.report_text_introduction, {
          people: 'inscrits',
          language: 'inscrits-français',
          digital: 'inscrits-numérique',
        }),
        ...told(m.report_text_introduction_team, { volunteers: 'bénévoles', hours: 'heures-bénévoles' }),
      ].join('\n');
    case 'programme': {
      const terms = report.terms.map(({ label }) =>
        m.report_text_term({ count: named(`personnes-${label}`), term: label }),
      );
      return [
        ...(terms.length
          ? [m.report_text_programme({ list: listed(terms), count: named('personnes') })]
          : []),
        ...told(m.report_text_francophones, { share: 'francophones-%' }),
      ].join('\n');
    }
    case 'assiduity':
      return [
        m.report_text_assidu(),
        ...told(m.report_text_assiduity, {
          share: 'assidus-%',
          regular: 'assidus',
          enrolled: 'inscrits',
        }),
        ...told(m.report_text_genders, { women: 'assidus-femmes-%', men: 'assidus-hommes-%' }),
        ...told(m.report_text_bases, { came: 'venus', share: 'assidus-des-venus-%' }),
      ].join('\n');
    case 'workshops':
      return told(m.report_text_workshops, {
        enrolled: 'inscrits',
        language: 'inscrits-français',
        digital: 'inscrits-numérique',
      }).join('\n');
    case 'languages':
      return m.report_text_languages();
    case 'combinations': {
      const terms = report.terms.map(({ label }) =>
        m.report_text_term({ count: named(`venues-${label}`), term: label }),
      );
      return terms.length ? m.report_text_combinations({ list: listed(terms) }) : '';
    }
    case 'departements':
      return told(m.report_text_departements, {
        first: 'département-1',
        share: 'département-1-%',
      }).join('\n');
    case 'countries':
      return told(m.report_text_countries, { first: 'pays-1', second: 'pays-2', third: 'pays-3' }).join('\n');
    case 'french':
      return told(m.report_text_french, {
        people: 'français-personnes',
        hours: 'français-heures',
      }).join('\n');
    case 'open':
      return [
        ...(isNone('conversation-séances')
          ? []
          : told(m.report_text_talks, {
              meetings: 'conversation-séances',
              people: 'conversation-personnes',
              average: 'conversation-moyenne',
            })),
        ...(isNone('culture-séances')
          ? []
          : told(m.report_text_outings, { meetings: 'culture-séances', people: 'culture-personnes' })),
      ].join('\n');
    case 'volunteers':
      return [
        ...told(m.report_text_volunteers, {
          volunteers: 'bénévoles',
          led: 'heures-bénévoles',
          held: 'heures-ateliers',
        }),
        ...told(m.report_text_person_hours, { hours: 'heures-de-bénévolat' }),
      ].join('\n');
    case 'means':
      return m.report_text_means();
    case 'evolution':
    case 'followUp':
    case 'advocacy':
    case 'communication':
    case 'partners':
    case 'finances':
    case 'prospects':
      return '';
    default:
      return section satisfies never;
  }
}
