/**
 * In place of the modules of @rc-component/util and @ant-design/icons by which Ant Design adds its styles: constructed
 * style sheets, in the same order, which the content security policy of this origin allows (style elements it does not).
 */
interface Options {
  prepend?: boolean | 'queue';
  priority?: number;
}
interface Entry {
  node: HTMLStyleElement;
  sheet: CSSStyleSheet;
  rank: number;
}

const entries = new Map<string, Entry>();
const RANK_OF_APPENDED = 1e9;

function show() {
  const sorted = [...entries.values()].sort((one, other) => one.rank - other.rank);
  document.adoptedStyleSheets = sorted.map(entry => entry.sheet);
}

const rankOf = ({ prepend, priority = 0 }: Options) => (prepend ? priority : RANK_OF_APPENDED);

/** Adds or replaces the styles of a key; answers with an element that its caller keeps marks at. */
export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const known = entries.get(key);
  if (known) {
    if (known.node.dataset.css !== css) known.sheet.replaceSync(css);
    known.node.dataset.css = css;
    return known.node;
  }
  const entry = { node: document.createElement('style'), sheet: new CSSStyleSheet(), rank: rankOf(options) };
  entry.sheet.replaceSync(css);
  entry.node.dataset.css = css;
  entries.set(key, entry);
  show();
  return entry.node;
}

let unnamed = 0;

export const injectCSS = (css: string, options: Options = {}) => updateCSS(css, `unnamed-${unnamed++}`, options);

export function removeCSS(key: string): void {
  if (entries.delete(key)) show();
}

export function clearContainerCache(): void {
  entries.clear();
  show();
}

/** There is no shadow root here. */
export const getShadowRoot = () => null;

export function warningOnce(isFine: boolean, message: string): void {
  if (!isFine) console.warn(message);
}
