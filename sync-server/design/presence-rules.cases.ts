/** Who may write what, as cases: asked of the rules here and of a CouchDB that has them. */

const term = 'paris13-s3-2023';
export const maia = { db: term, name: 'maia', roles: ['volunteer:paris13:s3-2023'] };
export const elise = { db: term, name: 'elise', roles: ['coordinator:paris13'] };
const admin = { db: term, name: 'root', roles: ['_admin'] };
const nobody = { db: term, name: null, roles: [] };
export type Who = { db: string; name: string | null; roles: string[] };

export const said = (by: string, status = 'present', minute = 0) => ({
  status,
  at: `2023-11-20T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by,
  device: 'phone',
});
export const mark = (history: readonly unknown[], fields: Record<string, unknown> = {}) => ({
  _id: 'mark:g1.2023-11-20T1430:p1',
  type: 'mark',
  v: 1,
  occurrence: 'g1.2023-11-20T1430',
  participant: 'p1',
  ...(history.at(-1) as object),
  history,
  ...fields,
});
const from = (by: string, fields: Record<string, unknown>) => ({
  v: 1,
  at: '2023-11-20T13:00:00.000Z',
  by,
  device: 'phone',
  ...fields,
});
const card = (by: string, isProvisional: boolean) =>
  from(by, { _id: 'rosterCard:p1', type: 'rosterCard', participant: 'p1', isProvisional });
const signUp = (history: readonly unknown[], fields: Record<string, unknown> = {}) => ({
  _id: 'signUp:g1.2023-11-25T1400:p1',
  type: 'signUp',
  v: 1,
  occurrence: 'g1.2023-11-25T1400',
  participant: 'p1',
  since: '2023-11-20T13:00:00.000Z',
  ...(history.at(-1) as object),
  history,
  ...fields,
});
const wished = (by: string, state = 'signedUp', minute = 0) => ({
  state,
  at: `2023-11-20T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by,
  device: 'phone',
});
const shift = (by: string, account: string) => from(by, { _id: 'shift:o:v', type: 'shift', account });
const debrief = (by: string, of = by) =>
  from(by, { _id: `debrief:o:${of}`, type: 'debrief', occurrence: 'o' });
const device = (by: string, user = by) => from(by, { _id: 'device:phone', type: 'device', user });
const theme = (by: string, state: string) => from(by, { _id: 'theme:t', type: 'theme', state });
const group = (by: string, fields: Record<string, unknown> = {}) =>
  from(by, { _id: 'group:g', type: 'group', ...fields });
const discard = (by: string) =>
  from(by, { _id: 'discard:d', type: 'discard', about: 'group:g', reason: 'double' });
const statement = (by: string) => from(by, { _id: 'statement:s', type: 'statement', statement: 's' });
const registry = (who: Who) => ({ ...who, db: 'paris13-registry' });
const commons = (who: Who) => ({ ...who, db: 'paris13-commons' });
const frozen = (by: string, fields: Record<string, unknown> = {}) =>
  from(by, { _id: 'frozenYear:2023:f', type: 'frozenYear', year: 2023, freezing: 'f', ...fields });
const frozenFigures = (by: string, people: number) =>
  from(by, { _id: 'frozenFigures:2023:f:1', type: 'frozenFigures', figures: { people } });
const reportText = (by: string) =>
  from(by, { _id: 'annualReport:2023:means', type: 'annualReport', year: 2023, section: 'means' });
const made = { _revisions: { start: 3, ids: ['c', 'b', 'a'] } };
const signature = (by: string, participant = 'p') =>
  from(by, { _id: 'signature:o:p', type: 'signature', occurrence: 'o', participant });
const closing = (by: string, fields: Record<string, unknown> = {}) => {
  const answer = { ...said(by), status: undefined, state: 'closed' };
  const kept = { at: answer.at, by, device: answer.device, state: 'closed' };
  return {
    ...from(by, { _id: 'closing:o', type: 'closing', occurrence: 'o', history: [kept] }),
    ...kept,
    ...fields,
  };
};
const changed = (by: string) => ({ ...said(by), status: undefined, kind: 'edited', fields: [] });
const decision = (by: string, fields: Record<string, unknown> = {}) =>
  from(by, { _id: 'decision:h:1', type: 'decision', about: 'group:g', kind: 'settled', ...fields });
const exported = (by: string, rows = 186) =>
  from(by, { _id: 'exported:e', type: 'exported', what: 'data', format: 'xlsx', rows });
const undone = (by: string) => ({ at: '2023-11-20T14:00:00.000Z', by, device: 'phone' });

/** What is written, what it replaces, by whom. */
export const allowed: [string, unknown, unknown, Who][] = [
  ['a volunteer marks', mark([said('maia')]), null, maia],
  ['corrects', mark([said('noor'), said('maia', 'late', 5)]), mark([said('noor')]), maia],
  ['clears', mark([said('maia'), said('maia', 'absent', 5)]), mark([said('maia')]), maia],
  ['marks again after a deletion', mark([said('maia')]), { _id: 'x', _deleted: true }, maia],
  [
    'hands in what was made on a revision that is gone',
    mark([said('noor'), said('maia', 'late', 5)], made),
    null,
    maia,
  ],
  ['closes a list', closing('maia'), null, maia],
  ['signs somebody up', signUp([wished('maia')]), null, maia],
  [
    'withdraws whom another volunteer signed up',
    signUp([wished('noor'), wished('maia', 'withdrawn', 5)]),
    signUp([wished('noor')]),
    maia,
  ],
  [
    'passes on sign-ups that were united',
    signUp([wished('maia'), wished('noor', 'signedUp', 5)], made),
    signUp([wished('maia')]),
    elise,
  ],
  ['gives a badge', { ...card('elise', false), badge: '2345' }, card('elise', false), elise],
  ['adds a person', card('maia', true), null, maia],
  ['mends the person added', card('maia', true), card('maia', true), maia],
  ['writes an own debrief', debrief('maia'), null, maia],
  ['confirms an own shift', shift('maia', 'maia'), shift('elise', 'maia'), maia],
  ['corrects who led', shift('elise', 'maia'), shift('maia', 'maia'), elise],
  ['takes a signature', signature('maia'), null, maia],
  ['takes it again', signature('maia'), signature('maia'), maia],
  ['tells of the own phone', device('maia'), null, maia],
  ['proposes a theme', theme('maia', 'proposed'), null, commons(maia)],
  ['a coordinator validates a person', card('elise', false), card('maia', true), elise],
  ['settles what others said', mark([said('maia'), said('elise')]), mark([said('maia')]), elise],
  ['passes on what others said', mark([said('maia'), said('noor')], made), mark([said('maia')]), elise],
  ['passes on what a restored server lacks', group('noor', made), null, elise],
  ['replaces a signature', signature('elise'), signature('maia'), elise],
  [
    'copies a signature from paper',
    { ...signature('elise'), onPaper: { page: 1 } },
    signature('maia'),
    elise,
  ],
  ['deletes', { _id: 'group:g', _deleted: true }, group('elise'), elise],
  ['approves a theme', theme('elise', 'approved'), theme('maia', 'proposed'), commons(elise)],
  ['notes what was given up', discard('elise'), null, elise],
  ['notes it beside what all members hold', discard('elise'), null, commons(elise)],
  ['says what was published', statement('elise'), null, registry(elise)],
  ['decides', decision('elise'), null, elise],
  ['decides on what all members hold', decision('elise'), null, commons(elise)],
  [
    'takes a colleague’s decision back',
    decision('elise', { undone: [undone('elise')] }),
    decision('anne'),
    elise,
  ],
  [
    'takes it back when somebody else did',
    decision('elise', { undone: [undone('anne'), undone('elise')] }),
    decision('anne', { undone: [undone('anne')] }),
    elise,
  ],
  [
    'settles a mark',
    mark([said('maia'), { ...said('elise', 'absent'), decision: 'settled', over: ['a'] }]),
    mark([said('maia')]),
    elise,
  ],
  [
    'adds to what happened to a document',
    group('elise', { changes: [changed('noor'), changed('elise')] }),
    group('noor', { changes: [changed('noor')] }),
    elise,
  ],
  ['writes the annual report', reportText('elise'), null, registry(elise)],
  ['mends what a colleague wrote there', reportText('elise'), reportText('anne'), registry(elise)],
  ['freezes a year', frozen('elise'), null, registry(elise)],
  ['with its figures', frozenFigures('elise', 186), null, registry(elise)],
  ['passes on a year as it was frozen', frozen('anne', made), frozen('anne'), registry(elise)],
  ['notes an export', exported('elise'), null, registry(elise)],
  ['passes on a colleague’s', { ...exported('anne'), ...made }, null, registry(elise)],
  ['an administrator does as he must', { _id: 'anything' }, null, admin],
];

/** The same, and what the refusal says. */
export const refused: [string, unknown, unknown, Who, RegExp][] = [
  ['nobody', mark([said('maia')]), null, nobody, /Sign in/],
  ...([maia, elise] as const).flatMap((who): [string, unknown, unknown, Who, RegExp][] => {
    const written = mark([said(String(who.name))]);
    const odd = { _revisions: { start: 2, ids: ['xyz', 'a'] } };
    const deleted = { _id: written._id, _deleted: true };
    return [
      [`a revision of no hash, by ${who.name}`, { ...written, ...odd }, null, who, /No edit leads/],
      [`and a deletion of that form, by ${who.name}`, { ...deleted, ...odd }, null, who, /No edit leads/],
    ];
  }),
  ['a volunteer gives up what was refused', discard('maia'), null, maia, /Only coordinators/],
  ['a mark in another name', mark([said('noor')]), null, maia, /another account/],
  [
    'an answer slipped in for another',
    mark([said('noor', 'absent'), said('maia')]),
    null,
    maia,
    /another account/,
  ],
  [
    'an answer slipped in over a deletion',
    mark([said('noor', 'absent'), said('maia')]),
    { _id: 'x', _deleted: true },
    maia,
    /another account/,
  ],
  ['an edit of a coordinator in another name', group('noor'), null, elise, /another account/],
  ['and over what is there', group('noor'), group('noor'), elise, /another account/],
  [
    'an answer of a coordinator in another name',
    mark([said('maia'), said('noor')]),
    mark([said('maia')]),
    elise,
    /another account/,
  ],
  [
    'an answer slipped in by a coordinator',
    mark([said('noor', 'absent'), said('elise')]),
    null,
    elise,
    /another account/,
  ],
  [
    'a status that the history does not tell',
    mark([said('maia')], { status: 'absent' }),
    null,
    maia,
    /not what the document says/,
  ],
  [
    'somebody else’s answer under the own name, passed on',
    mark([said('noor')], { by: 'elise', ...made }),
    null,
    elise,
    /not what the document says/,
  ],
  [
    'a closing that its history does not tell',
    closing('maia', { state: 'reopened' }),
    null,
    maia,
    /not what/,
  ],
  ['a history of what is no answer', mark([null, said('maia')]), null, maia, /no answer/],
  ['a signature for somebody else', signature('maia', 'q'), null, maia, /id does not go/],
  [
    'a signature on paper that no coordinator copied',
    { ...signature('maia'), onPaper: { list: 'A1B2-C3D4', version: 1, page: 1 } },
    signature('maia'),
    maia,
    /copy signatures from paper/,
  ],
  [
    'a signature that another account took',
    signature('maia'),
    signature('noor'),
    maia,
    /another account took/,
  ],
  ['a history that shrinks', mark([said('maia', 'late', 5)]), mark([said('maia')]), maia, /only grows/],
  [
    'a history that shrinks, by a coordinator too',
    mark([said('elise')]),
    mark([said('maia')]),
    elise,
    /only grows/,
  ],
  [
    'an entry rewritten',
    mark([said('maia', 'absent'), said('maia', 'late', 5)]),
    mark([said('maia')]),
    maia,
    /only grows/,
  ],
  ['a mark without a history', mark([], from('maia', {})), null, maia, /history is missing/],
  [
    'a mark under the id of another',
    { ...mark([said('maia')]), participant: 'p2' },
    null,
    maia,
    /id does not go/,
  ],
  [
    'a deletion by a volunteer',
    { _id: 'mark:o:p', _deleted: true },
    mark([said('maia')]),
    maia,
    /Only coordinators delete/,
  ],
  ['a person made definite by a volunteer', card('maia', false), card('maia', true), maia, /provisional/],
  ['another one’s provisional person', card('maia', true), card('noor', true), maia, /provisional/],
  ['a badge that a volunteer gives', { ...card('maia', true), badge: '2345' }, null, maia, /give badges/],
  [
    'a badge that a volunteer takes away',
    card('maia', true),
    { ...card('maia', true), badge: '2345' },
    maia,
    /give badges/,
  ],
  [
    'a sign-up under the id of another',
    { ...signUp([wished('maia')]), participant: 'p2' },
    null,
    maia,
    /id does not go/,
  ],
  [
    'a sign-up in another name',
    signUp([wished('noor', 'withdrawn'), wished('maia')]),
    null,
    maia,
    /another account/,
  ],
  [
    'a sign-up whose history shrinks',
    signUp([wished('maia', 'withdrawn', 5)]),
    signUp([wished('noor')]),
    maia,
    /only grows/,
  ],
  [
    'a sign-up that its history does not tell',
    signUp([wished('maia')], { state: 'withdrawn' }),
    null,
    maia,
    /not what the document says/,
  ],
  ['a group by a volunteer', group('maia'), null, maia, /Only coordinators/],
  ['another one’s shift', shift('maia', 'noor'), null, maia, /own person/],
  ['a shift taken over', shift('maia', 'maia'), shift('noor', 'noor'), maia, /own person/],
  ['another one’s debrief', debrief('maia', 'noor'), null, maia, /own/],
  ['another one’s phone', device('maia', 'noor'), null, maia, /user’s own/],
  ['a theme approved by a volunteer', theme('maia', 'approved'), null, commons(maia), /approve/],
  ['a statement of a volunteer', statement('maia'), null, registry(maia), /Only coordinators/],
  ['a decision of a volunteer', decision('maia'), null, maia, /Only coordinators/],
  [
    'a mark that a volunteer settles',
    mark([said('noor'), { ...said('maia', 'absent'), decision: 'settled', over: ['a'] }]),
    mark([said('noor')]),
    maia,
    /Only coordinators decide/,
  ],
  [
    'a decision that says something else later',
    decision('elise', { kind: 'merged' }),
    decision('elise'),
    elise,
    /does not change/,
  ],
  ['an export noted by a volunteer', exported('maia'), null, registry(maia), /Only coordinators/],
  ['an export noted outside the registry', exported('elise'), null, elise, /not known here/],
  [
    'an export noted otherwise later',
    exported('elise', 3),
    exported('elise'),
    registry(elise),
    /exported does not change/,
  ],
  [
    'an export that loses its note',
    { _id: 'exported:e', _deleted: true },
    exported('elise'),
    registry(elise),
    /exported stays/,
  ],
  [
    'an undoing taken out again',
    decision('elise'),
    decision('elise', { undone: [undone('anne')] }),
    elise,
    /undoing stays/,
  ],
  [
    'changes taken out of a document',
    group('elise', { changes: [changed('elise')] }),
    group('noor', { changes: [changed('noor')] }),
    elise,
    /only grow/,
  ],
  ['a year frozen by a volunteer', frozen('maia'), null, registry(maia), /Only coordinators/],
  ['a report written by a volunteer', reportText('maia'), null, registry(maia), /Only coordinators/],
  [
    'a frozen year altered',
    frozen('elise', { rules: '2024' }),
    frozen('elise'),
    registry(elise),
    /frozen does not change/,
  ],
  [
    'figures of a frozen year altered',
    frozenFigures('elise', 187),
    frozenFigures('elise', 186),
    registry(elise),
    /frozen does not change/,
  ],
  [
    'a frozen year deleted',
    { _id: 'frozenYear:2023:f', _deleted: true },
    frozen('elise'),
    registry(elise),
    /frozen stays/,
  ],
  ['a frozen year where volunteers see it', frozen('elise'), null, commons(elise), /not known here/],
  ['an unknown type', from('elise', { _id: 'diary:1', type: 'diary' }), null, elise, /not known here/],
  [
    'a person’s file outside the registry',
    from('elise', { _id: 'participant:p', type: 'participant' }),
    null,
    elise,
    /not known here/,
  ],
  [
    'a type that changes',
    { ...group('elise'), _id: 'group:g' },
    card('elise', true),
    elise,
    /does not change/,
  ],
  ['no instant', { ...group('elise'), at: 'yesterday' }, null, elise, /instant/],
  ['more than its size', { ...group('elise'), label: 'x'.repeat(70_000) }, null, elise, /too large/],
  ['an attachment', { ...group('elise'), _attachments: { a: { data: '' } } }, null, elise, /attachments/],
  [
    'a coordinator of another site',
    group('zoe'),
    null,
    { db: term, name: 'zoe', roles: ['coordinator:lyon3'] },
    /Only coordinators/,
  ],
];
