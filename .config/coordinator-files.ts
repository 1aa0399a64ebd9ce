import type { Plugin } from 'vite';

/** The app's files that coordinators' screens alone need: a volunteer's phone does not bring them in. */
export const coordinatorFilesName = 'coordinator-files.json';

/**
 * Their routes, and what runs beside them. A page that everybody opens may hold a part for coordinators, loaded by itself: its file is named a desk. So may a
 * round of the sync: what coordinators' devices alone do in it.
 */
const coordination = [
  /\/src\/routes\/(?:\(coordination\)\/|coordination\.)/,
  /\/src\/lib\/features\/[\w-]+\/\w+Desk\.svelte$/,
  /\/src\/lib\/sync\/(?:merge-conflicts|provision)\.ts$/,
];
const isCoordination = (moduleId: string) => coordination.some((pattern) => pattern.test(moduleId));

interface Chunk {
  readonly moduleIds: readonly string[];
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

const codeOf = (output: { readonly type: string; readonly code?: string } | undefined) => output?.code ?? '';

/**
 * Lists, beside the build, the chunks that are reached by no way but a route of the folder `(coordination)`. The service
 * worker leaves them out until a coordinator signs in.
 */
export function listCoordinatorFiles(): Plugin {
  return {
    name: 'presence-coordinator-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Chunk>();
      for (const output of Object.values(bundle))
        if (output.type === 'chunk') chunks.set(output.fileName, output);
      const belongs = new Set(
        [...chunks].filter(([, { moduleIds }]) => moduleIds.some(isCoordination)).map(([file]) => file),
      );
      // Of the client's build alone.
      if (belongs.size === 0) return;
      const reached = new Set<string>();
      const queue = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' && output.isEntry && !belongs.has(output.fileName) ? [output.fileName] : [],
      );
      for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
        const chunk = chunks.get(file);
        if (!chunk || reached.has(file) || belongs.has(file)) continue;
        reached.add(file);
        // A phone without that file could not start this one.
        const needed = chunk.imports.find((imported) => belongs.has(imported));
        if (needed) this.error(`${file} is for everybody and imports ${needed}, which is for coordinators`);
        queue.push(...chunk.imports, ...chunk.dynamicImports);
      }
      const left = [...chunks.keys()].filter((file) => !reached.has(file));
      // A worker, or a font of paper, is a file of its own, named in the code of whoever asks for it.
      const code = [...reached].map((file) => codeOf(bundle[file])).join('\n');
      const named = Object.keys(bundle).filter(
        // What a worker brings for itself is kept nowhere: it uses the page's.
        (file) =>
          /\/workers\/[^/]+$|\/immutable\/assets\/[^/]+\.ttf$/.test(file) &&
          !code.includes(file.slice(file.lastIndexOf('/') + 1)),
      );
      const files = [...new Set([...left, ...named])].map((file) => `/${file}`);
      this.emitFile({
        type: 'asset',
        fileName: coordinatorFilesName,
        source: JSON.stringify(files.sort()),
      });
    },
  };
}
