/** Where an import stands: what was read, what it is taken for, what was decided, what is being written. */
import { todayIn } from '$lib/domain/local-time.ts';
import type { ImportBatch, Participant } from '$lib/domain/documents.ts';
import { opaqueKey, siteDocId, type BatchId, type ParticipantId, type TermCode } from '$lib/domain/ids.ts';
import {
  repeatable,
  type ColumnFields,
  type ColumnGuess,
  type Grid,
  type ImportField,
} from '$lib/domain/import/fields.ts';
import { noChoices, type Choices } from '$lib/domain/import/choices.ts';
import type { Plan, PlannedRow, PlanTerm } from '$lib/domain/import/plan.ts';
import type { Table } from '$lib/domain/import/tables.ts';
import { workOf, type ImportWork } from '$lib/domain/import/work.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { pendingImport, resumeImport, writeImport, type WriteFailure, type Written } from './commands.ts';
import { importHistory, peopleById, planTermOf, registryOf, type Stores } from './queries.ts';
import { ImportWorker } from './reading/import-worker.ts';
import type { CellEdits, PlanContext } from './reading/import-engine.ts';
import type { ReadSource, Source, SourceFailure } from './reading/source.ts';
import { rememberColumns, rememberedColumns } from './remembered-columns.ts';

export type Step = 'source' | 'columns' | 'check' | 'writing' | 'done';
export type FlowFailure = SourceFailure | WriteFailure | 'worker';

export interface Progress {
  readonly what: 'reading' | 'planning' | 'writing';
  readonly done: number;
  /** 0 while it is unknown. */
  readonly total: number;
}

type Read = Extract<ReadSource, { ok: true }>;

const randomKey = () => opaqueKey(crypto.getRandomValues(new Uint8Array(14)));

export class ImportFlow {
  readonly #device: PresenceDevice;
  readonly #worker = new ImportWorker();
  step = $state<Step>('source');
  progress = $state.raw<Progress>();
  failure = $state<FlowFailure>();
  fileName = $state<string>();
  read = $state.raw<Read>();
  sheet = $state(0);
  table = $state.raw<Table>();
  guesses = $state.raw<readonly (ColumnGuess | undefined)[]>([]);
  fields = $state.raw<ColumnFields>([]);
  /** The columns are as they were chosen for these headers last time. */
  isRemembered = $state(false);
  /** The import that brought the same table before. */
  before = $state.raw<ImportBatch>();
  /** Empty: files only, nobody is enrolled. */
  term = $state<TermCode | ''>('');
  choices = $state.raw<Choices>(noChoices);
  edits = $state.raw<CellEdits>({});
  plan = $state.raw<Plan>();
  planTerm = $state.raw<PlanTerm>();
  people = $state.raw<ReadonlyMap<ParticipantId, Participant>>(peopleById([]));
  /** The import that was just written. */
  batch = $state<BatchId>();
  /** How the table stood when it was read: what differs was done by hand. */
  #opened = $state.raw<Pick<ImportFlow, 'fields' | 'choices' | 'edits' | 'term'>>();
  #contentHash = '';
  #context: PlanContext | undefined;
  #isContextSent = false;
  /** Answers of questions asked before a later one are not wanted any more. */
  #turn = 0;
  #stop: AbortController | undefined;

  constructor(device: PresenceDevice) {
    this.#device = device;
    this.term = device.terms[0]?.term ?? '';
  }

  get stores(): Stores {
    const { commons, registry, terms } = this.#device;
    if (!registry) throw new Error('an import needs the registry');
    return { commons, registry, terms };
  }

  get today(): string {
    return todayIn(this.#device.timeZone, Date.now());
  }

  async readSource(source: Source, fileName: string | undefined): Promise<void> {
    this.restart();
    this.fileName = fileName;
    await this.#guarded('reading', async () => {
      const read = await this.#worker.read(source);
      if (!read.ok) return void (this.failure = read.why);
      this.read = read;
      await this.#open(read.sheets[0]?.grid ?? []);
    });
  }

  async chooseSheet(sheet: number): Promise<void> {
    this.sheet = sheet;
    const grid = this.read?.sheets[sheet]?.grid ?? [];
    await this.#guarded('reading', () => this.#open(grid));
  }

  async #open(grid: Grid): Promise<void> {
    this.failure = undefined;
    const opened = await this.#worker.open({ grid, today: this.today });
    if (!opened.ok) {
      this.failure = opened.why;
      this.table = undefined;
      if ((this.read?.sheets.length ?? 0) > 1) this.step = 'columns';
      return;
    }
    const remembered = await rememberedColumns(this.stores.registry, opened.table.headers);
    const history = await importHistory(this.stores);
    this.table = opened.table;
    this.guesses = opened.guesses;
    this.fields = remembered ?? opened.guesses.map((guess) => guess?.field);
    this.isRemembered = remembered !== undefined;
    this.before = history.find(
      ({ contentHash, undoneAt }) => contentHash === opened.contentHash && undoneAt === undefined,
    );
    this.#contentHash = opened.contentHash;
    this.#forgetDecisions();
    this.#repeatAnswers();
    const { fields, choices, edits, term } = this;
    this.#opened = { fields, choices, edits, term };
    this.step = 'columns';
  }

  #forgetDecisions(): void {
    const { policy, whenFull, defaultGroup } = this.choices;
    this.choices = { ...noChoices, policy, whenFull, defaultGroup };
    this.edits = {};
    this.plan = undefined;
  }

  /** The same table again: what was said about it then is not asked again. */
  #repeatAnswers(): void {
    const answers = this.before?.answers;
    if (!answers) return;
    this.choices = {
      ...this.choices,
      identities: Object.fromEntries(answers.identities),
      left: Object.fromEntries(answers.left),
    };
    for (const [row, column, text] of answers.mended)
      this.edits = { ...this.edits, [row]: { ...this.edits[row], [column]: text } };
  }

  /** What is kept of this table's answers with its account. */
  #answers(work: ImportWork): NonNullable<ImportBatch['answers']> {
    return {
      identities: work.identities.map(([row, participant]) => [row, participant]),
      left: Object.entries(this.choices.left).map(([row, isLeft]) => [Number(row), isLeft]),
      mended: Object.entries(this.edits).flatMap(([row, cells]) =>
        Object.entries(cells).map(([column, text]): [number, number, string] => [
          Number(row),
          Number(column),
          text,
        ]),
      ),
    };
  }

  /** A column is this from now on; a field that one column holds leaves the one that held it. */
  setField(column: number, field: ImportField | undefined): void {
    this.fields = this.fields.map((one, index) => {
      if (index === column) return field;
      return field && one === field && !repeatable.has(field) ? undefined : one;
    });
  }

  async check(): Promise<void> {
    await rememberColumns(this.stores.registry, this.table?.headers ?? [], this.fields);
    await this.#guarded('planning', async () => {
      await this.#freshContext();
      if (await this.#replan()) this.step = 'check';
    });
  }

  /** Decides something, and shows what becomes of it. */
  async decide(change: Partial<Choices>): Promise<void> {
    this.choices = { ...this.choices, ...change };
    await this.#guarded('planning', () => this.#replan());
  }

  async mend(row: number, cells: Readonly<Record<number, string>>): Promise<void> {
    this.edits = { ...this.edits, [row]: { ...this.edits[row], ...cells } };
    await this.#guarded('planning', () => this.#replan());
  }

  async #freshContext(): Promise<void> {
    const table = this.table;
    if (!table) return;
    const { people, referrers } = await registryOf(this.stores);
    this.people = peopleById(people);
    this.planTerm = this.term ? await planTermOf(this.stores, this.term) : undefined;
    const withoutHistory = people.map(({ changes: _, ...person }) => person as Participant);
    this.#context = { table, people: withoutHistory, referrers, term: this.planTerm };
    this.#isContextSent = false;
  }

  /** Whether the answer is still wanted. */
  async #replan(): Promise<boolean> {
    const turn = (this.#turn += 1);
    const context = this.#isContextSent ? undefined : this.#context;
    this.#isContextSent = true;
    const { fields, edits, choices, today } = this;
    const plan = await this.#worker.plan({ context, fields, edits, choices, today }, (done, total) => {
      if (turn === this.#turn) this.progress = { what: 'planning', done, total };
    });
    if (turn !== this.#turn) return false;
    this.plan = plan;
    return true;
  }

  /** Writes what the plan says, made once more with the registry as it stands now. */
  async write(): Promise<void> {
    const table = this.table;
    await this.#guarded('planning', async () => {
      await this.#freshContext();
      await this.#replan();
      const { plan } = this;
      const context = this.#context;
      if (!plan || !context || !table || plan.counts.ask > 0) return;
      const { fields, choices, today } = this;
      const rows = plan.rows.map(({ row }) => row);
      const work = workOf(plan, { ...context, rows, fields, choices, today }, randomKey);
      this.batch = randomKey() as BatchId;
      const source = {
        fileName: this.fileName,
        contentHash: this.#contentHash,
        answers: this.#answers(work),
      };
      const pending = { batch: this.batch, work, source, nameDisplay: await this.#nameDisplay() };
      await this.#write((writing) => writeImport(this.stores, pending, this.#device.author(), writing));
    });
  }

  /** Takes up what was interrupted. */
  async resume(): Promise<void> {
    await this.#guarded('writing', async () => {
      const pending = await pendingImport(this.stores);
      if (!pending) return;
      this.batch = pending.batch;
      const nameDisplay = await this.#nameDisplay();
      await this.#write((writing) => resumeImport(this.stores, pending, nameDisplay, writing));
    });
  }

  async #nameDisplay() {
    const site = await this.#device.commons.get('site', siteDocId(this.#device.site));
    return site?.nameDisplay ?? 'full';
  }

  async #write(begin: (writing: Parameters<typeof resumeImport>[3]) => Promise<Written>): Promise<void> {
    this.step = 'writing';
    this.progress = { what: 'writing', done: 0, total: 0 };
    const stop = (this.#stop = new AbortController());
    const written = await begin({
      signal: stop.signal,
      onProgress: (done, total) => (this.progress = { what: 'writing', done, total }),
    });
    if (!written.ok) this.failure = written.why;
    this.step = written.ok && written.isWhole ? 'done' : 'source';
  }

  /** Runs something that takes its time; a stop or a failure of the worker leaves the page usable. */
  async #guarded(what: Progress['what'], work: () => Promise<unknown>): Promise<void> {
    this.progress = { what, done: 0, total: 0 };
    try {
      await work();
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.failure = 'worker';
    } finally {
      this.progress = undefined;
    }
  }

  /** Ends what runs: a reading is given up, a writing stops after the portion in hand. */
  stop(): void {
    if (this.step === 'writing') this.#stop?.abort();
    else {
      this.#worker.stop();
      this.#isContextSent = false;
    }
  }

  back(): void {
    this.failure = undefined;
    this.step = this.step === 'check' ? 'columns' : 'source';
  }

  /** Begins anew with another file. */
  restart(): void {
    this.step = 'source';
    this.failure = undefined;
    this.read = undefined;
    this.sheet = 0;
    this.table = undefined;
    this.before = undefined;
    this.batch = undefined;
    this.#forgetDecisions();
  }

  /** Whether something was chosen, answered or mended that is written nowhere yet. */
  get hasUnsavedWork(): boolean {
    const opened = this.#opened;
    if (!opened || (this.step !== 'columns' && this.step !== 'check')) return false;
    return (['fields', 'choices', 'edits', 'term'] as const).some((one) => this[one] !== opened[one]);
  }

  /** Whether the page had better not be loaded anew: a table is open, or something runs. */
  get isBusy(): boolean {
    return this.progress !== undefined || (this.step !== 'source' && this.step !== 'done');
  }

  close(): void {
    this.#worker.stop();
  }

  /** Rows that a question is open for. */
  get asked(): readonly PlannedRow[] {
    return this.plan?.rows.filter(({ verdict }) => verdict === 'ask') ?? [];
  }
}
