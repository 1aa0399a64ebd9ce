/** The accounts of the site as the server knows them, and opening a term to them. Both need the network. */
import type { Volunteer } from '$lib/domain/documents.ts';
import { TeamService, type Asked, type TeamAccount } from '$lib/sync/team-service.ts';

type Failure = Extract<Asked<unknown>, { ok: false }>['why'];

export class SiteAccounts {
  readonly #service: TeamService;
  /** `undefined` until they were read once. */
  all = $state.raw<readonly TeamAccount[]>();
  /** Whether the last reading failed. */
  hasFailed = $state(false);

  constructor(site: string) {
    this.#service = new TeamService(site, `${location.origin}/couch`);
  }

  async read(): Promise<void> {
    const answered = await this.#service.team();
    this.hasFailed = !answered.ok;
    if (answered.ok) this.all = answered.value.accounts;
  }

  /**
   * Opens a term to the accounts of these people, one after the other, up to the first that fails.
   * @returns to whom it was opened, and why it went no further
   */
  async open(people: readonly Volunteer[], term: string): Promise<{ given: Volunteer[]; why?: Failure }> {
    const given: Volunteer[] = [];
    let why: Failure | undefined;
    for (const one of people) {
      if (!one.account) continue;
      const answered = await this.#service.openTerm(one.account, term);
      if (answered.ok) given.push(one);
      else {
        ({ why } = answered);
        break;
      }
    }
    await this.read();
    return { given, ...(why ? { why } : {}) };
  }
}
