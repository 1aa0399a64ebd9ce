/** The sections of the annual report, in the order in which it is published. */

/** A part of a section that shows figures. */
export type BlockKey =
  | 'headline'
  | 'terms'
  | 'assiduity'
  | 'exits'
  | 'workshops'
  | 'languages'
  | 'combinations'
  | 'departements'
  | 'countries'
  | 'french'
  | 'weeks'
  | 'open'
  | 'missions'
  | 'hours'
  | 'means';

export interface OutlineSection {
  readonly key: SectionKey;
  /** Of its heading. */
  readonly level: 1 | 2;
  readonly blocks: readonly BlockKey[];
}

const section = <Key extends string>(key: Key, level: 1 | 2, ...blocks: BlockKey[]) =>
  ({ key, level, blocks }) as const;

const sections = [
  section('introduction', 1, 'headline'),
  section('programme', 1, 'terms'),
  section('assiduity', 2, 'assiduity', 'exits'),
  section('workshops', 2, 'workshops'),
  section('languages', 2, 'languages'),
  section('combinations', 2, 'combinations'),
  section('departements', 2, 'departements'),
  section('countries', 2, 'countries'),
  section('followUp', 1),
  section('evolution', 1),
  section('french', 2, 'french', 'weeks'),
  section('open', 2, 'open'),
  section('volunteers', 1, 'missions', 'hours'),
  section('advocacy', 1),
  section('communication', 1),
  section('partners', 1),
  section('means', 1, 'means'),
  section('finances', 1),
  section('prospects', 1),
] as const;

export type SectionKey = (typeof sections)[number]['key'];
export const outline: readonly OutlineSection[] = sections;
