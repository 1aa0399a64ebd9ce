import type { Exchange, Suite } from '../exchange.ts';

const notRun = (ask: string): Exchange => {
  const [method = ''] = ask.split(' ');
  const hasBody = method === 'POST' || method === 'PUT';
  return {
    does: `says that it does not: ${ask}`,
    ask,
    ...(hasBody ? { body: {} } : {}),
    status: 501,
    onlyHere: true,
    ...(method === 'HEAD' ? {} : { gives: { error: 'not_implemented', reason: '*' } }),
  };
};
const inEveryWay = (path: string) =>
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].map((method) => notRun(`${method} /{db}/${path}`));

/** Views and what else a design document may hold: a CouchDB runs them, this server says that it does not. */
export const notRunExchanges: Suite = {
  about: 'what is not run',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'keeps what it does not run',
      ask: 'PUT /{db}/_design/d',
      body: { views: { v: { map: 'function (doc) { emit(doc._id); }' } } },
      status: 201,
    },
    ...[
      ...['_view/v', '_view/v/queries', '_view', '_show/s', '_show/s/doc', '_list/l/v', '_list/l/e/v'],
      ...['_update/u', '_update/u/doc', '_rewrite', '_rewrite/a/b', '_info', '_search/s', '_search_info/s'],
      ...['_search_disk_size/s', '_nouveau/n', '_nouveau_info/n', '_geo/g'],
    ].flatMap((path) => inEveryWay(`_design/d/${path}`)),
    ...['_temp_view', '_partition/p', '_partition/p/_all_docs', '_partition/p/_find'].flatMap(inEveryWay),
    ...inEveryWay('_partition/p/_design/d/_view/v'),
    notRun('GET /{db}/_design%2Fd/_view/v'),
    notRun('GET /{db}/_design/none/_view/v'),
    notRun('PUT /{db}x?partitioned=true'),
    ...['_replicate', '_scheduler/jobs', '_scheduler/docs', '_node/_local/_stats', '_membership'].map(
      (word) => notRun(`GET /${word}`),
    ),
    notRun('POST /_replicate'),
    {
      does: 'keeps an attachment of a like name',
      ask: 'PUT /{db}/a/view',
      text: 'x',
      status: 201,
    },
  ],
};
