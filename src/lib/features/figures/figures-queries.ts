/** The figures of a device, and who stands behind each. */
import type { StatementDocument } from '$lib/domain/documents.ts';
import { ofType } from '$lib/domain/of-type.ts';
import { behindFinding, type FindingWithRows } from '$lib/domain/indicators/behind-finding.ts';
import { behind, type Behind, type BehindAsked } from '$lib/domain/indicators/behind.ts';
import type { Facts } from '$lib/domain/indicators/facts.ts';
import { figuresPage, type FiguresPage } from '$lib/domain/indicators/figures-page.ts';
import { reportOf } from '$lib/domain/indicators/report.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';
import type { SiteDocuments } from '$lib/domain/indicators/site-reading.ts';
import { statementsIn, statementsOf } from '$lib/domain/indicators/statement-documents.ts';
import { readSite, type SiteStores } from '$lib/store/site-documents.ts';
import { namesBehind, type BehindNames } from './behind-names.ts';

/** What is counted, and what it stands beside. */
export interface FiguresAsked {
  /** The period as its one text: statements about it are held against its figures. */
  readonly period: string;
  readonly scope: Scope;
  readonly before: Scope | undefined;
}

export interface CountedPage extends FiguresPage {
  /** What coordinators typed about the period, in the order of typing. */
  readonly statements: readonly StatementDocument[];
}

/** Who or what is asked for: behind a figure, or in a finding. */
export type WhoAsked =
  | ({ readonly kind: 'figure' } & BehindAsked)
  | { readonly kind: 'finding'; readonly finding: FindingWithRows };

export interface NamedBehind extends Behind {
  readonly names: BehindNames;
}

/** Counts figures of one device: documents are read once, and again after they changed. Thousands: a worker does it. */
export class FigureCount {
  readonly #stores: SiteStores;
  #documents: Promise<SiteDocuments> | undefined;
  #facts: { readonly about: string; readonly facts: Facts } | undefined;

  constructor(stores: SiteStores) {
    this.#stores = stores;
  }

  /** Something was written: the next question is answered from what stands then. */
  forget(): void {
    this.#documents = undefined;
    this.#facts = undefined;
  }

  async page({ period, scope, before }: FiguresAsked): Promise<CountedPage> {
    const site = await this.#read();
    const statements = statementsOf(ofType(site.registry, 'statement'), period);
    const { report, facts } = reportOf([site], scope, statementsIn(statements));
    this.#facts = { about: JSON.stringify(scope), facts };
    const former = before && reportOf([site], before);
    const { inscriptions = [], meetings = [] } = former?.facts.tables ?? {};
    const isCounted = inscriptions.length + meetings.length > 0;
    return {
      ...figuresPage(report, facts, isCounted ? former?.report.indicators : undefined),
      statements,
    };
  }

  async behind({ scope }: Pick<FiguresAsked, 'scope'>, asked: WhoAsked): Promise<NamedBehind> {
    const site = await this.#read();
    const about = JSON.stringify(scope);
    if (this.#facts?.about !== about) this.#facts = { about, facts: reportOf([site], scope).facts };
    const { facts } = this.#facts;
    const found = asked.kind === 'figure' ? behind(facts, asked) : behindFinding(facts, asked.finding);
    return { ...found, names: namesBehind(found.rows, site) };
  }

  #read(): Promise<SiteDocuments> {
    return (this.#documents ??= readSite(this.#stores));
  }
}
