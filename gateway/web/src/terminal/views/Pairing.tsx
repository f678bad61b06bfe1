import { useEffect, useState } from 'react';
import { timeOfDay, useText, type Text } from '@/lib/text';
import * as api from '../api';
import { thisDevice } from '../session';
import { beep } from '../sound';

const TITLE: Text = ['绑定此终端', 'Bind this terminal'];
const STEPS: Text[] = [
  ['请管理员在办公电脑上打开“终端与密钥”。', 'An administrator opens “Devices and keys” at a desk.'],
  ['点击“绑定终端”，输入下面的代码，并选择设备。', 'There: “Pair a terminal”, type this code, choose the equipment.'],
  ['本页会自动继续。', 'This page goes on by itself.'],
];
const CODE: Text = ['代码', 'Code'];
const UNTIL: Text = ['有效至 {time}', 'until {time}'];
const BACK: Text = ['返回', 'Back'];
const LOOK_MS = 3_000;

/** Shows the code by which an administrator takes this terminal, until one has. */
export function Pairing({ onBack, onProblem }: { onBack: () => void; onProblem: (problem: unknown) => void }) {
  const t = useText();
  const [shown, setShown] = useState<{ code: string; expiresAt: string } | null>(null);
  useEffect(() => {
    let isOver = false;
    let next: ReturnType<typeof setTimeout>;
    let expiresAt = 0;
    const look = async () => {
      try {
        const device = await api.device();
        if (isOver) return;
        if (device) {
          beep('ok');
          thisDevice.set(device);
          return onBack();
        }
        if (Date.now() >= expiresAt) {
          const begun = await api.beginPairing();
          expiresAt = Date.parse(begun.expiresAt);
          if (!isOver) setShown(begun);
        }
      } catch (problem) {
        if (!isOver) onProblem(problem);
      }
      if (!isOver) next = setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(next);
    };
  }, [onBack, onProblem]);
  return (
    <section className="narrow">
      <div className="row spread">
        <h1>{t(TITLE)}</h1>
        <button type="button" id="back" onClick={onBack}>
          {t(BACK)}
        </button>
      </div>
      <ol>
        {STEPS.map(step => (
          <li key={step[1]}>{t(step)}</li>
        ))}
      </ol>
      <p className="pairing" aria-live="polite">
        <span className="quiet">{t(CODE)}</span>
        <strong id="code">{shown?.code ?? '····-····'}</strong>
        <span className="quiet">{shown && t(UNTIL, { time: timeOfDay(shown.expiresAt) })}</span>
      </p>
    </section>
  );
}
