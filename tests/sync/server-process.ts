/** The real server as a program of its own, so that it can be killed: prints its address once it listens. */
import { buildServer } from '../../sync-server/app.ts';

const [dataDir = '', port = '0'] = process.argv.slice(2);
const server = await buildServer({
  dataDir,
  admin: { name: 'admin', password: 'admin-password' },
  passwordIterations: 10,
  documentBytes: 64 * 1024,
});
console.log(await server.listen({ host: '127.0.0.1', port: Number(port) }));
