/** Titles of the annual report's sections. */
import type { SectionKey } from '../domain/annual-report/outline.ts';
import { m } from './paraglide/messages.js';

const titles: Record<SectionKey, () => string> = {
  introduction: m.report_section_introduction,
  programme: m.report_section_programme,
  assiduity: m.report_section_assiduity,
  workshops: m.report_section_workshops,
  languages: m.report_section_languages,
  combinations: m.report_section_combinations,
  departements: m.report_section_departements,
  countries: m.report_section_countries,
  followUp: m.report_section_follow_up,
  evolution: m.report_section_evolution,
  french: m.report_section_french,
  open: m.report_section_open,
  volunteers: m.report_section_volunteers,
  advocacy: m.report_section_advocacy,
  communication: m.report_section_communication,
  partners: m.report_section_partners,
  means: m.report_section_means,
  finances: m.report_section_finances,
  prospects: m.report_section_prospects,
};

/** An unknown key shows as it is. */
export const reportSection = (section: string): string => titles[section as SectionKey]?.() ?? section;
