import '@fontsource-variable/inter/wght.css';
import './terminal.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { dark, FONT, light } from '@/lib/colours';
import { Terminal } from './Terminal';

/** The colours of the desk, as the style sheet names them. */
function takeColours(): void {
  const rules = (of: Record<string, string>) =>
    Object.entries(of)
      .map(([name, value]) => `--${name}: ${value};`)
      .join(' ');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:root { --font: ${FONT}; ${rules(light)} } :root[data-theme='dark'] { --colorBgContainer: ${dark.colorBgContainer}; ${rules(dark)} }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

takeColours();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Terminal />
  </StrictMode>,
);

// Where it is served over HTTPS or on this computer it opens without a network
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/terminal/sw.js', { scope: '/terminal/' }).catch(() => undefined);
void navigator.storage?.persist?.();
