import { defineConfig } from 'vite';

/** One server file. Everything is bundled but the SQLite shim, which carries a native binary, and Node's own modules. */
export default defineConfig({
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: false,
    sourcemap: true,
    emptyOutDir: true,
    rolldownOptions: {
      output: { entryFileNames: 'portcullis.js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['@photostructure/sqlite', 'pg-native'] },
});
