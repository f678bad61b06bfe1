import react from '@vitejs/plugin-react';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src', import.meta.url));

/**
 * Ant Design writes its styles into style elements, which the content security policy forbids. Here they become style sheets
 * that a script constructs, which it allows: no style of another origin, and none in the page, can ever apply.
 */
const constructedStyles: Plugin = {
  name: 'constructed-styles',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!/\/(dynamicCSS|cssUtils)$/.test(source)) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return /@rc-component.util|@ant-design.icons/.test(found?.id ?? '') ? `${src}/lib/dynamicCSS.ts` : found;
  },
};

/** The licence of a font goes with it. */
const fontLicences: Plugin = {
  name: 'font-licences',
  apply: 'build',
  async generateBundle() {
    for (const font of ['@fontsource-variable/inter', '@fontsource/noto-sans-sc']) {
      const source = await readFile(new URL(`node_modules/${font}/LICENSE`, import.meta.url));
      this.emitFile({ type: 'asset', fileName: `assets/${font.split('/')[1]}-LICENSE.txt`, source });
    }
  },
};

const nodeModule = (...names: string[]) => new RegExp(`node_modules[\\\\/](${names.join('|')})`);

export default defineConfig({
  plugins: [constructedStyles, fontLicences, react()],
  resolve: { alias: { '@': src } },
  server: { proxy: Object.fromEntries(['/api', '/openapi', '/jobs', '/health'].map(path => [path, 'http://localhost:8080'])) },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
  build: {
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0, // the policy allows no data: addresses
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: nodeModule('react/', 'react-dom', 'scheduler', 'react-router') }],
        },
      },
    },
  },
});
