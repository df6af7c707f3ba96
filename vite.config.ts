import { defineConfig } from 'vite';

/** One server file. Everything is bundled but the SQLite shim, which carries a native binary, and Node's own modules. */
export default defineConfig({
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: false,
    sourcemap: true,
    // dist/web is another build's; scripts/run/build.mjs takes away what is ours.
    emptyOutDir: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'portcullis.js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Every byte is read at each start; names stay, for stack traces.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      },
      treeshake: {
        // Our modules do nothing when they are imported: what `start` does not use stays out of what it loads.
        moduleSideEffects: [{ test: /\/src\/(?!cli\/main\.ts)/, sideEffects: false }],
      },
    },
  },
  ssr: { noExternal: true, external: ['@photostructure/sqlite', 'pg-native'] },
});
