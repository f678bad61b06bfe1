let context: AudioContext | undefined;

/** A high short tone for what was taken, a low long one for what was not. A browser without sound stays silent. */
export function beep(kind: 'ok' | 'bad'): void {
  try {
    context ??= new AudioContext();
    const tone = context.createOscillator();
    const volume = context.createGain();
    const seconds = kind === 'ok' ? 0.08 : 0.35;
    tone.frequency.value = kind === 'ok' ? 1040 : 220;
    tone.type = kind === 'ok' ? 'sine' : 'square';
    volume.gain.value = 0.08;
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + seconds);
  } catch {
    /* colour and words tell it too */
  }
}
