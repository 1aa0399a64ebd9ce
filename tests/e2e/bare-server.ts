/**
 * A server without anything on it, for browser tests: `node bare-server.ts DATA_DIR APP_DIR PORT`; in front of a CouchDB
 * where `COUCH_URL` names one. Says when it listens.
 */
import { buildGateway, buildServer } from '../../sync-server/app.ts';

const [dataDir = '', appDir = '', port = '0'] = process.argv.slice(2);
const couchUrl = process.env.COUCH_URL;
const common = { dataDir, appDir };
const server = couchUrl
  ? await buildGateway({ ...common, couchUrl })
  : await buildServer({
      ...common,
      admin: { name: 'admin', password: 'admin-of-tests' },
      passwordIterations: 1000,
    });
process.stdout.write(`listening ${await server.listen({ host: '127.0.0.1', port: Number(port) })}\n`);
