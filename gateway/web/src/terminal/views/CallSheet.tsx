import { useState } from 'react';
import { useText, type Text } from '@/lib/text';
import { VALUES } from '@/lib/words/values';
import type { AndonCall } from '../api';
import { callForHelp, queue } from '../actions';
import { Choices } from '../parts';
import { useStore } from '../store';
import { unitAt, type Shown } from './Card';
import { Sheet } from './Sheet';

const TITLE: Text = ['呼叫支援：{unit}', 'Call for help: {unit}'];
const WHICH: Text = ['哪台设备', 'Which equipment'];
const FOR: Text = ['需要什么', 'What is needed'];
const AWAY: Text = [
  '⚡ 没有连接：呼叫会在恢复后发出。紧急时请直接喊人或打电话。',
  '⚡ No connection: the call is sent once there is one. Where it is urgent, shout or phone.',
];
const KINDS = {
  Material: '▤',
  Quality: '◎',
  Maintenance: '⚒',
  Foreman: '☻',
  Safety: '⚠',
} as const satisfies Record<AndonCall['kind'], string>;

interface Props {
  units: string[];
  /** What the operator works on: the call tells it. */
  own: Shown[];
  onClose: () => void;
}

/** Who is needed: one tap, with the machine at which the operator works. */
export function CallSheet({ units, own, onClose }: Props) {
  const t = useText();
  const [unit, setUnit] = useState(() => unitAt(units, own));
  const isReached = useStore(queue.isReached);
  return (
    <Sheet title={t(TITLE, { unit })} onClose={onClose}>
      {units.length > 1 && (
        <Choices label={t(WHICH)} of={units.map(value => ({ value, text: value }))} chosen={unit} onChoose={setUnit} />
      )}
      {!isReached && <p className="state bad">{t(AWAY)}</p>}
      <Choices
        id="kinds"
        label={t(FOR)}
        of={(Object.keys(KINDS) as AndonCall['kind'][]).map(value => ({
          value,
          text: `${KINDS[value]} ${t(VALUES[value]!)}`,
        }))}
        onChoose={kind => {
          void callForHelp(kind, unit, own.find(one => one.equipment === unit)?.card);
          onClose();
        }}
      />
    </Sheet>
  );
}
