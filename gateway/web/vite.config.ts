import react from '@vitejs/plugin-react';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
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

/** The files that the terminal consists of: it opens from these without a network. The desk does not. */
const ofTerminal = new Set<string>();
const terminalFiles: Plugin = {
  name: 'terminal-files',
  generateBundle(_options, bundle) {
    const add = (name: string) => {
      const chunk = bundle[name];
      if (!chunk || chunk.type !== 'chunk' || ofTerminal.has(name)) return;
      ofTerminal.add(name);
      chunk.imports.forEach(add);
      chunk.viteMetadata?.importedCss.forEach(css => ofTerminal.add(css));
      chunk.viteMetadata?.importedAssets.forEach(asset => ofTerminal.add(asset));
    };
    Object.values(bundle).forEach(one => one.type === 'chunk' && one.isEntry && one.name === 'terminal' && add(one.fileName));
  },
};
const isOfTerminal = (url: string) => ofTerminal.has(url) || url === 'terminal/index.html' || /inter-latin-wght-normal/.test(url);

const worker = VitePWA({
  filename: 'terminal/sw.js',
  scope: '/terminal/',
  injectRegister: null,
  manifest: false,
  registerType: 'autoUpdate',
  workbox: {
    inlineWorkboxRuntime: true,
    globPatterns: ['**/*.{html,js,css,woff2}'],
    manifestTransforms: [
      entries => ({
        manifest: entries.filter(({ url }) => isOfTerminal(url)).map(entry => ({ ...entry, url: `/${entry.url}` })),
        warnings: [],
      }),
    ],
    navigateFallback: '/terminal/index.html',
    navigateFallbackAllowlist: [/^\/terminal\//],
    // Pictures of instructions never change; videos and papers are read in parts, which a worker had better leave alone
    runtimeCaching: [
      {
        urlPattern: ({ url, request }) =>
          request.destination === 'image' && url.pathname.startsWith('/api/work-orders/instructions/files/'),
        handler: 'CacheFirst',
        options: {
          cacheName: 'instructions',
          matchOptions: { ignoreSearch: true }, // whoever asks, it is the same picture
          cacheableResponse: { statuses: [200] },
          expiration: { maxEntries: 200, purgeOnQuotaError: true },
        },
      },
      {
        // The address of a product's picture is another one for each picture, whoever asks
        urlPattern: ({ url, request }) =>
          request.destination === 'image' && /^\/api\/work-orders\/products\/[^/]+\/picture$/.test(url.pathname),
        handler: 'CacheFirst',
        options: {
          cacheName: 'products',
          plugins: [{ cacheKeyWillBeUsed: async ({ request }) => request.url.replace(/&seat=\d+$/, '') }],
          cacheableResponse: { statuses: [200] },
          expiration: { maxEntries: 200, purgeOnQuotaError: true },
        },
      },
    ],
    maximumFileSizeToCacheInBytes: 2_000_000,
    sourcemap: false,
  },
});

const nodeModule = (...names: string[]) => new RegExp(`node_modules[\\\\/](${names.join('|')})`);

export default defineConfig({
  plugins: [constructedStyles, fontLicences, react(), terminalFiles, worker],
  resolve: { alias: { '@': src } },
  server: { proxy: Object.fromEntries(['/api', '/openapi', '/jobs', '/health'].map(path => [path, 'http://localhost:8080'])) },
  // Slow where the machine has other suites to run
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000, setupFiles: ['src/test.setup.ts'] },
  build: {
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0, // the policy allows no data: addresses
    rolldownOptions: {
      input: { desk: 'index.html', terminal: 'terminal/index.html' },
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: nodeModule('react/', 'react-dom', 'scheduler') }],
        },
      },
    },
  },
});
