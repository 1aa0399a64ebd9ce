/**
 * Who may write what: `validate_doc_update` of every database of a site, the same text here and on a CouchDB. It is
 * written in the JavaScript that every CouchDB runs, and knows nothing but its four arguments: the account's roles, the
 * name of the database (`{site}-commons`, `{site}-registry`, `{site}-{term}`) and the security object, whose field
 * `closed` tells that a term is closed.
 */
function presence(newDoc, oldDoc, userCtx, secObj) {
  var largest = 65536;
  var longestHistory = 1000;
  var latestGeneration = 1000000;
  var types = {
    commons: ['site', 'workshopType', 'venue', 'theme', 'decision', 'discard'],
    registry: [
      'participant',
      'referrer',
      'exit',
      'distinction',
      'merge',
      'importBatch',
      'annualReport',
      'frozenYear',
      'frozenFigures',
      'statement',
      'exported',
      'discard',
      'appointment',
      'outcome',
      'grant',
      'orientation',
      'decision',
    ],
    term: [
      'term',
      'group',
      'occurrence',
      'rosterCard',
      'enrolment',
      'waiting',
      'signUp',
      'mark',
      'closing',
      'debrief',
      'volunteer',
      'shift',
      'signature',
      'device',
      'decision',
      'discard',
      'snapshot',
    ],
  };

  function refuse(why) {
    throw { forbidden: why };
  }
  function isText(value, longest) {
    return typeof value === 'string' && value.length > 0 && value.length <= longest;
  }
  // Equal entries as equal texts, whatever the order of their fields.
  function canonical(value) {
    if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    var names = Object.keys(value).sort();
    var fields = names.map(function (name) {
      return JSON.stringify(name) + ':' + canonical(value[name]);
    });
    return '{' + fields.join(',') + '}';
  }
  /**
   * Whether the revision was made elsewhere and is passed on (`new_edits:false`), or is an edit made here and now. A
   * CouchDB shows an edit under the revision that it is made on, this server without any history.
   */
  function isPassedOn() {
    if (!newDoc._revisions || newDoc._revisions.start === 0) return false;
    return !oldDoc || oldDoc._rev !== newDoc._rev;
  }

  if (userCtx.roles.indexOf('_admin') >= 0) return;
  if (!userCtx.name) throw { unauthorized: 'Sign in first.' };
  var name = userCtx.name;
  var dash = userCtx.db.indexOf('-');
  var site = userCtx.db.slice(0, dash);
  var part = userCtx.db.slice(dash + 1);
  var isCoordinator = userCtx.roles.indexOf('coordinator:' + site) >= 0;
  var former = oldDoc && !oldDoc._deleted ? oldDoc : null;

  var ancestry = newDoc._revisions ? JSON.stringify(newDoc._revisions).length : 0;
  if (JSON.stringify(newDoc).length - ancestry > largest) refuse('The document is too large.');
  if (newDoc._attachments && Object.keys(newDoc._attachments).length > 0) {
    refuse('Documents have no attachments.');
  }
  if (isPassedOn()) {
    // One that a phone cannot read would stop every phone at its place in the feed.
    var isOddPath = newDoc._revisions.ids.some(function (id) {
      return !/^[0-9a-f]{1,64}$/.test(id);
    });
    if (isOddPath || newDoc._revisions.start > latestGeneration) refuse('No edit leads to this revision.');
  }
  if (secObj && secObj.closed === true && !isCoordinator) {
    refuse('This term is closed: only coordinators write to it.');
  }
  var records = {
    frozenYear: 'A year that was frozen',
    frozenFigures: 'A year that was frozen',
    exported: 'What was exported',
  };
  var standing = former ? records[former.type] : undefined;
  if (newDoc._deleted) {
    if (!isCoordinator) refuse('Only coordinators delete.');
    if (standing) refuse(standing + ' stays.');
    return;
  }

  // What every document carries.
  var known = part === 'commons' || part === 'registry' ? types[part] : types.term;
  var type = newDoc.type;
  if (known.indexOf(type) < 0) refuse('This type of document is not known here.');
  if (newDoc._id.indexOf(type + ':') !== 0) refuse('The id does not go with the type.');
  if (former && former.type !== type) refuse('The type of a document does not change.');
  if (typeof newDoc.v !== 'number' || newDoc.v < 1) refuse('The version `v` is missing.');
  if (!isText(newDoc.at, 40) || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(newDoc.at)) refuse('`at` is no instant.');
  if (!isText(newDoc.device, 120)) refuse('`device` is missing.');
  if (!isText(newDoc.by, 100)) refuse('`by` is missing.');
  // Coordinators' devices also pass on what others wrote: what a restored server lacks, and merges, which are by whoever
  // spoke last, so that every device comes to the same revision.
  var maySpeakForOthers = isCoordinator && isPassedOn();
  if (!maySpeakForOthers && newDoc.by !== name) refuse('`by` is another account than the one that sends.');

  if (type === 'mark' || type === 'closing' || type === 'signUp') checkHistory();
  if (former) checkGrowth();
  if (isCoordinator) return;
  checkVolunteer();

  // Whether every entry is still there, as often as it was.
  function keepsAll(before, after) {
    var count = {};
    if (!Array.isArray(after)) return false;
    after.forEach(function (entry) {
      var text = canonical(entry);
      count[text] = (count[text] || 0) + 1;
    });
    return before.every(function (entry) {
      var text = canonical(entry);
      count[text] = (count[text] || 0) - 1;
      return count[text] >= 0;
    });
  }

  // What happened to a document is never taken out of it; a decision stands as it was made, and may be undone.
  function checkGrowth() {
    if (Array.isArray(former.changes) && !keepsAll(former.changes, newDoc.changes))
      refuse('The changes of a document only grow.');
    if (standing) checkUnchanged([], standing + ' does not change.');
    if (type !== 'decision') return;
    if (Array.isArray(former.undone) && !keepsAll(former.undone, newDoc.undone)) refuse('An undoing stays.');
    checkUnchanged(['at', 'by', 'device', 'undone'], 'A decision does not change.');
  }

  // No field but the free ones is another one than before.
  function checkUnchanged(free, why) {
    Object.keys(former)
      .concat(Object.keys(newDoc))
      .forEach(function (field) {
        if (field.charAt(0) === '_' || free.indexOf(field) >= 0) return;
        if (canonical(former[field]) !== canonical(newDoc[field])) refuse(why);
      });
  }

  function checkHistory() {
    var key = type + ':' + newDoc.occurrence + (type === 'closing' ? '' : ':' + newDoc.participant);
    if (newDoc._id !== key) refuse('The id does not go with what the document is about.');
    var entries = newDoc.history;
    if (!Array.isArray(entries) || entries.length === 0) refuse('The history is missing.');
    if (entries.length > longestHistory) refuse('The history is too long.');
    var isOdd = entries.some(function (entry) {
      return typeof entry !== 'object' || entry === null || Array.isArray(entry);
    });
    if (isOdd) refuse('The history holds what is no answer.');
    var last = entries[entries.length - 1];
    var told = type === 'mark' ? 'status' : 'state';
    ['at', 'by', 'device', told].forEach(function (field) {
      if (newDoc[field] !== last[field])
        refuse('The last answer of the history is not what the document says.');
    });
    var count = {};
    var fresh = [];
    var before = former && Array.isArray(former.history) ? former.history : [];
    before.forEach(function (entry) {
      var text = canonical(entry);
      count[text] = (count[text] || 0) + 1;
    });
    entries.forEach(function (entry) {
      var text = canonical(entry);
      if (count[text] > 0) count[text] -= 1;
      else fresh.push(entry);
    });
    var lost = Object.keys(count).some(function (text) {
      return count[text] > 0;
    });
    if (lost) refuse('A history only grows.');
    if (maySpeakForOthers) return;
    // The revision it was made on may be gone here: then nobody can tell which entries are new.
    if (!oldDoc && isPassedOn() && newDoc._revisions.start > 1) return;
    var foreign = fresh.some(function (entry) {
      return entry.by !== name;
    });
    if (foreign) refuse('An answer is by another account than the one that sends.');
    var decides = fresh.some(function (entry) {
      return entry.decision !== undefined;
    });
    if (decides && !isCoordinator) refuse('Only coordinators decide.');
  }

  function checkVolunteer() {
    var isOwn = !former || former.by === name;
    switch (type) {
      case 'mark':
      case 'closing':
      case 'signUp':
        return;
      case 'signature':
        if (newDoc._id !== 'signature:' + newDoc.occurrence + ':' + newDoc.participant)
          refuse('The id does not go with what the document is about.');
        if (!isOwn) refuse('Only coordinators replace a signature that another account took.');
        if (newDoc.onPaper !== undefined && canonical(newDoc.onPaper) !== canonical(former && former.onPaper))
          refuse('Only coordinators copy signatures from paper.');
        return;
      case 'debrief':
        if (newDoc._id !== 'debrief:' + newDoc.occurrence + ':' + name)
          refuse('A debrief is its author’s own.');
        return;
      case 'shift':
        if (newDoc.account !== name || (former && former.account !== name))
          refuse('A shift is its own person’s.');
        return;
      case 'rosterCard':
        if (newDoc.isProvisional !== true || !isOwn || (former && former.isProvisional !== true)) {
          refuse('Only coordinators write people who are not provisional.');
        }
        if (newDoc.badge !== (former ? former.badge : undefined)) refuse('Only coordinators give badges.');
        return;
      case 'device':
        if (newDoc._id !== 'device:' + newDoc.device || newDoc.user !== name)
          refuse('A device is its user’s own.');
        if (former && former.user !== name) refuse('A device is its user’s own.');
        return;
      case 'theme':
        if (newDoc.state !== 'proposed' || !isOwn || (former && former.state !== 'proposed')) {
          refuse('Only coordinators approve themes.');
        }
        return;
      default:
        refuse('Only coordinators write this.');
    }
  }
}
