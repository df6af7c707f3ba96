import { defineConfig } from 'vite';

/**
 * One program, split into what each command needs. Everything is bundled but the SQLite shim, which carries a native binary, and
 * Node's own modules. It is CommonJS because V8's code cache can be had for that: see bin/load.js.
 */
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
        format: 'cjs',
        // Nothing else would load a package: the loader knows no import().
        dynamicImportInCjs: false,
        entryFileNames: 'portcullis.cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
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
