/**
 * Which of the app's modules travel together in one file. Left to itself the bundler makes a file of every set of
 * modules that the same screens share: dozens of a few hundred bytes, each with a request, a dictionary of its own for
 * the compression and a line in the service worker's list.
 *
 * A module belongs in a group only if everybody who opens the group's screens needs it: what it imports comes along.
 * Nothing that coordinators alone need may stand here; `npm run bench size` says what volunteers' phones keep.
 */
import type { Plugin } from 'vite';

/** Any of these modules under `src/lib`, by the beginning of its path; each must end before the next dot. */
const modules = (...paths: readonly string[]) => new RegExp(`src/lib/(?:${paths.join('|')})\\.`);

const messages = (...names: readonly string[]) => `i18n/paraglide/messages/(?:${names.join('|')})`;

/** What every screen shares, the sign-in among them. */
const base = modules(
  'domain/(?:ids|local-time|roster|schedule)',
  'store/meetings',
  'sync/request',
  'i18n/(?:dates|locale|paraglide/runtime)',
  'features/(?:offline/offline-app|shell/device-gate|sync-status/(?:pill-view|sheet-state))',
  'ui/(?:BottomNav|Rail|LiveRegion|announce|busy|Icon|icons|Sky|Star|Toast|Item|List|Button|Banner|Chip|EmptyState)',
  'ui/(?:PageTitle|back-stack|leave-gate|pill-slot|star-path|ProgressBar|hand-over)',
  messages(
    'shell_(?:app|reload|enrolment|desk|term|team|themes|day|figures|to_today)',
    'sync_status_(?:carried|to_send)',
  ),
);

/** What opens with the databases, before « Aujourd'hui » shows. */
const device = modules(
  'domain/(?:documents|documents/\\w+|canonical-json|content-hash|meeting-place|cancelled-double)',
  'store/(?:store|outbox|commit|leaves|replicated|carried|held|answer|live|admitted|indexes|open-\\w+)',
  'store/pouchdb-adapter/(?:growth|tables)',
  'sync/(?:account-databases|device|engine|standing|self-description|first-pull|rights|one-tab|longpoll|triggers)',
  'sync/(?:clock-skew|back-off|status|persistence)',
  'ui/ChoiceChips',
  messages(
    'shell_(?:no_term|no_term_body|prepare_term)',
    'today_(?:theme|take|see)',
    'transfer_receive_link',
    'outing_(?:cancelled|cancelled_because|cancelled_tell|title|today_\\w+)',
  ),
);

/** A round with the server, loaded with the first one. */
const round = modules('sync/(?:cycle|greeting|push|pull|pull-batch|audit|carried)');

/** What the screens of lists and of people share. */
const lists = modules(
  'domain/(?:marks-merge|history-union|closing|signatures|absences|attendance|changes|resemblance|decisions|outings|sign-ups)',
  'features/person/(?:AbsenceBanner|queries)',
  'i18n/(?:numbers|name-run|answer-words|decision-words|refusal-words)',
  'ui/(?:Sheet|ConfirmSheet|SearchBox|UndoStrip|vibration|hand|answer-look|Counter|Gauge)',
  messages(
    'roll_call_(?:status|reason|history)_\\w+',
    'desk_decisions_decision_(?:history|of|of_vowel|reopened|settled)',
    'people_(?:merged_away\\w*|open_file)',
    'person_(?:status_\\w+|attended_of|no_group|count\\w*|search\\w*|reading_\\w+|unmarked|unknown|title|back|term)',
    'person_(?:reload|walk_in)',
    'roll_call_(?:loading_failed(?:_body)?|actions|add|undo|search|search_clear|name_missing|back|unknown|unknown_body|title)',
    'roll_call_(?:term_closed|signed|signatures|to_today|close_panel|kept_at|history|cancelled|letter_\\w+|not_kept|noted_\\w+)',
    'sheets_link',
    'conversation_link_note',
    'badges_count_(?:less|more)',
    'outing_(?:meeting_point|cost|access|language|sign_up_open|list_of|signed_count|wait_count|no_match|not_kept)',
    'shell_(?:close|rescue\\w*|retry)',
    'sync_status_(?:why|one)_\\w+',
  ),
);

/** The pages of outings. */
const outings = modules('features/outing/\\w+', messages('outing_(?!desk_|plan_)\\w+'));

/**
 * The parts of Svelte that only charts use: what moves, and what measures. The base, which takes all of Svelte that
 * anybody needs, would take them to every phone.
 */
const moving =
  /\/svelte\/src\/internal\/client\/(?:dom\/elements\/(?:transitions|bindings\/size)|loop|timing)\./;

/** A group may leave what its modules import to another only where files may export more than their source says. */
export const mayExportMore: Plugin = {
  name: 'presence-shared-files',
  options: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
};

/** Signing on the screen, in ten languages. */
const signing = modules('features/signing/[\\w/-]+', messages('signing_\\w+'));

/** What opens when a device cannot be used any more, and what saves what it holds. */
const lastResort = modules(
  'features/shell/(?:Revoked|OpeningFailed|rescue-copy)',
  messages('shell_(?:revoked|failed)_\\w+'),
);

/** In the order in which they take modules; what a group imports and no earlier one took goes with it. */
export const sharedFiles = [
  { name: 'moving', test: moving, includeDependenciesRecursively: false },
  // With it, the part of Svelte that starts the app.
  { name: 'base', test: new RegExp(`${base.source}|/svelte/src/legacy/`) },
  { name: 'dexie', test: /\/node_modules\/dexie\// },
  { name: 'device', test: device },
  { name: 'round', test: round },
  { name: 'lists', test: lists },
  { name: 'outings', test: outings },
  { name: 'signing', test: signing },
  { name: 'last-resort', test: lastResort, includeDependenciesRecursively: false },
];
