import { useEffect, useState } from 'react';

/** A code for scanners, drawn as lines that print sharp in any size. What it says stands beside it for people. */
export function Barcode({ kind, text }: { kind: 'code128' | 'qrcode'; text: string }) {
  const [drawing, setDrawing] = useState('');
  useEffect(() => {
    let isWanted = true;
    void import('bwip-js/browser').then(({ toSVG }) => {
      const options = kind === 'code128' ? { height: 12 } : { eclevel: 'M' };
      if (isWanted) setDrawing(toSVG({ bcid: kind, text, ...options } as Parameters<typeof toSVG>[0]));
    });
    return () => {
      isWanted = false;
    };
  }, [kind, text]);
  // Inline, as the policy allows no images of data: addresses; nothing of the text itself is in the drawing
  return <span className={`barcode ${kind}`} role="img" aria-label={text} dangerouslySetInnerHTML={{ __html: drawing }} />;
}
