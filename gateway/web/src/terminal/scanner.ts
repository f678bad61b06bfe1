const BURST_MS = 45;
const LENGTH_MIN = 3;

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** What a wedge scanner types, wherever the focus is: keys in a fast burst that ends with Enter. */
export class Burst {
  private text = '';
  private last = 0;

  /** @returns the code, where this key ends one. */
  take(key: string, at: number): string | null {
    const isFast = at - this.last <= BURST_MS;
    this.last = at;
    if (!isFast) this.text = '';
    if (key === 'Enter' || key === 'Tab') {
      const scanned = this.text;
      this.text = '';
      return scanned.length >= LENGTH_MIN ? scanned : null;
    }
    if (key.length === 1) this.text += key;
    return null;
  }

  /** Whether keys came fast enough to be no fingers. */
  get isScan(): boolean {
    return this.text.length >= LENGTH_MIN;
  }
}

/**
 * Listens to scanners and to single keys. Keys of a scan also reach whoever listens to single ones, unless they wait: `key` is
 * told a little later, and not at all where the key belonged to a scan. What is typed into a field is the field's.
 */
export function listenToKeys(scanned: (code: string) => void, key: (key: string) => void): () => void {
  const burst = new Burst();
  let waiting: { key: string; timer: ReturnType<typeof setTimeout> }[] = [];
  const heard = (event: KeyboardEvent) => {
    if (isField(event.target) || event.altKey || event.metaKey) return;
    // Scanners send FNC1 as Ctrl+] where they are told to
    const typed = event.ctrlKey ? (event.key === ']' ? '\u001d' : '') : event.key;
    if (typed === '') return;
    const code = burst.take(typed, event.timeStamp);
    if (code !== null) {
      event.preventDefault();
      event.stopPropagation();
      waiting.forEach(one => clearTimeout(one.timer));
      waiting = [];
      scanned(code);
      return;
    }
    if (typed.length > 1 && typed !== 'Backspace') return;
    if (typed === ' ') return;
    const one = {
      key: typed,
      timer: setTimeout(() => {
        waiting = waiting.filter(other => other !== one);
        key(typed);
      }, BURST_MS * 2),
    };
    waiting.push(one);
  };
  window.addEventListener('keydown', heard, true);
  return () => {
    window.removeEventListener('keydown', heard, true);
    waiting.forEach(one => clearTimeout(one.timer));
  };
}
